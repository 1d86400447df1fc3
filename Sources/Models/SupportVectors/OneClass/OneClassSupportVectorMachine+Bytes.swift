// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension OneClassSupportVectorMachine: CanonicalContent {
    /// `one-class-support-vectors.1`.
    public static var kind: String { "one-class-support-vectors.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(nu)
        kernel.encode(to: &encoder)
        solver.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            nu: try decoder.decodeDouble(), kernel: try KernelFunction(from: &decoder),
            solver: try SupportVectorSolver(from: &decoder))
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension OneClassSupportVectorModel: CanonicalContent {
    /// `one-class-support-vectors-model.1`.
    public static var kind: String { "one-class-support-vectors-model.1" }

    /// The canonical bytes of the recipe and of the machine.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(featureNames) { $0.encode($1) }
        encoder.encode(supportRows) { $0.encode($1) }
        expansion.encode(to: &encoder)
        encoder.encode(objective)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try OneClassSupportVectorMachine(from: &decoder)
        let names = try decoder.decodeStrings()
        let rows = try decoder.decodeAscendingRows()
        guard !names.isEmpty else { throw decoder.error("a model without features") }
        let expansion = try KernelExpansion(
            recipe.kernel, count: rows.count, width: names.count, machines: 1, from: &decoder)
        let objective = try decoder.decodeDouble()
        guard objective.isFinite else { throw decoder.error("an objective of \(objective)") }
        self.init(
            recipe: recipe, featureNames: names, supportRows: rows, expansion: expansion,
            objective: objective)
    }
}
