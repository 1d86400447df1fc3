// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
public import FeatureEngineering

extension EventFeatures: ModelFileContent {
    /// `event-features.1`.
    public static var kind: String { "event-features.1" }

    /// The canonical bytes of the measures.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Reads the measures and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeRecipe(canonicalBytes)
    }
}

extension EventSequence: ModelFileContent {
    /// `event-sequence.1`.
    public static var kind: String { "event-sequence.1" }

    /// The canonical bytes of the recipe.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Reads a recipe and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeRecipe(canonicalBytes)
    }
}

extension PreLoanItems: ModelFileContent {
    /// `pre-loan-items.1`.
    public static var kind: String { "pre-loan-items.1" }

    /// The canonical bytes of the recipe.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Reads a recipe and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeRecipe(canonicalBytes)
    }
}

extension InLoanItems: ModelFileContent {
    /// `in-loan-items.1`.
    public static var kind: String { "in-loan-items.1" }

    /// The canonical bytes of the recipe.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Reads a recipe and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeRecipe(canonicalBytes)
    }
}

private func decodeRecipe<Recipe: CanonicalCodable & ModelFileContent>(
    _ bytes: [UInt8]
) throws(ModelError) -> Recipe {
    do {
        return try CanonicalDecoder.decode(from: bytes)
    } catch {
        throw ModelError(.invalidFile, "\(Recipe.kind), \(error)")
    }
}
