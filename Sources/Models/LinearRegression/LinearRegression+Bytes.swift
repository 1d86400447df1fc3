// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension LinearRegression: CanonicalContent {
    /// `linear-regression.1`.
    public static var kind: String { "linear-regression.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        switch penalty {
        case .none: encoder.encode(UInt8(0))
        case .ridge(let alpha):
            encoder.encode(UInt8(1))
            encoder.encode(alpha)
        }
        encoder.encode(fitsIntercept)
        encoder.encode(weightMeaning.rawValue)
        encoder.encode(solver.rawValue)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let penalty: Penalty
        switch try decoder.decodeUInt8() {
        case 0: penalty = .none
        case 1: penalty = .ridge(alpha: try decoder.decodeDouble())
        case let tag: throw decoder.error("penalty \(tag) is unknown")
        }
        self.init(
            penalty: penalty, fitsIntercept: try decoder.decodeBool(),
            weightMeaning: try decoder.decodeCase(), solver: try decoder.decodeCase())
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension LinearRegressionModel: CanonicalContent {
    /// `linear-regression-model.1`.
    public static var kind: String { "linear-regression-model.1" }

    /// The canonical bytes of the names and numbers.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(featureNames) { $0.encode($1) }
        encoder.encode(intercept)
        encoder.encode(coefficients) { $0.encode($1) }
        encoder.encode(weightMeaning.rawValue)
        encoder.encode(optional: inference) { encoder, inference in
            encoder.encode(inference.hasIntercept)
            encoder.encode(inference.unscaledCovariance.elements) { $0.encode($1) }
            encoder.encode(inference.residualSumOfSquares)
            encoder.encode(inference.totalSumOfSquares)
            encoder.encode(inference.observationCount)
            encoder.encode(inference.sumOfLogPrecisions)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let featureNames = try decoder.decodeStrings()
        let intercept = try decoder.decodeDouble()
        let coefficients = try decoder.decodeDoubles()
        guard !coefficients.isEmpty, coefficients.count == featureNames.count else {
            throw decoder.error(
                "\(coefficients.count) coefficients for \(featureNames.count) features")
        }
        guard (coefficients + [intercept]).allSatisfy(\.isFinite) else {
            throw decoder.error("a coefficient is not finite")
        }
        let meaning: LinearRegression.WeightMeaning = try decoder.decodeCase()
        let inference = try decoder.decodeOptional {
            (decoder) throws(CanonicalDecodingError) in
            try LinearInference(from: &decoder, coefficientCount: coefficients.count)
        }
        if let inference, !inference.hasIntercept, intercept != 0 {
            throw decoder.error("the intercept is \(intercept) in a model without one")
        }
        self.init(
            featureNames: featureNames, intercept: intercept, coefficients: coefficients,
            weightMeaning: meaning, inference: inference)
    }
}

extension LinearInference {
    fileprivate init(
        from decoder: inout CanonicalDecoder, coefficientCount: Int
    ) throws(CanonicalDecodingError) {
        let hasIntercept = try decoder.decodeBool()
        let count = coefficientCount + (hasIntercept ? 1 : 0)
        self.init(
            unscaledCovariance: try decoder.decodeCovariance(count), hasIntercept: hasIntercept,
            residualSumOfSquares: try decoder.decodeDouble(),
            totalSumOfSquares: try decoder.decodeDouble(),
            observationCount: try decoder.decodeDouble(),
            sumOfLogPrecisions: try decoder.decodeDouble())
        guard residualSumOfSquares >= 0, residualSumOfSquares.isFinite, totalSumOfSquares >= 0,
            totalSumOfSquares.isFinite, observationCount.isFinite, residualDegreesOfFreedom > 0,
            sumOfLogPrecisions.isFinite
        else {
            throw decoder.error(
                "\(observationCount) observations with the sums of squares "
                    + "\(residualSumOfSquares) and \(totalSumOfSquares)")
        }
    }
}
