// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension LinearSupportVectorRegressor: CanonicalContent {
    /// `linear-support-vector-regression.1`.
    public static var kind: String { "linear-support-vector-regression.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(c)
        encoder.encode(width)
        encoder.encode(loss.rawValue)
        encoder.encode(fitsIntercept)
        encoder.encode(interceptScale)
        encoder.encode(tolerance)
        encoder.encode(iterationLimit)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            c: try decoder.decodeDouble(), width: try decoder.decodeDouble(),
            loss: try decoder.decodeCase(), fitsIntercept: try decoder.decodeBool(),
            interceptScale: try decoder.decodeDouble(), tolerance: try decoder.decodeDouble(),
            iterationLimit: try decoder.decodeInt(), seed: try decoder.decodeUInt64())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension LinearSupportVectorRegressorModel: CanonicalContent {
    /// `linear-support-vector-regression-model.1`.
    public static var kind: String { "linear-support-vector-regression-model.1" }

    /// The canonical bytes of the recipe and of the plane.
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
        encoder.encode(coefficients.elements) { $0.encode($1) }
        encoder.encode(intercept)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try LinearSupportVectorRegressor(from: &decoder)
        featureNames = try decoder.decodeStrings()
        let elements = try decoder.decodeDoubles()
        intercept = try decoder.decodeDouble()
        coefficients = Vector(elements)
        guard !elements.isEmpty, elements.count == featureNames.count,
            (elements + [intercept]).allSatisfy(\.isFinite)
        else {
            throw decoder.error(
                "\(elements.count) coefficients of \(featureNames.count) features, or not all of "
                    + "them and the intercept finite")
        }
    }
}
