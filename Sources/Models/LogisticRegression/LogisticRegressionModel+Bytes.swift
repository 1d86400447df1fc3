// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension LogisticRegressionModel: CanonicalContent {
    /// `logistic-regression-model.1`.
    public static var kind: String { "logistic-regression-model.1" }

    /// The canonical bytes of the names and numbers.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(classes) { $0.encode($1) }
        encoder.encode(featureNames) { $0.encode($1) }
        encoder.encode(intercept)
        encoder.encode(coefficients) { $0.encode($1) }
        encoder.encode(iterationCount)
        encoder.encode(gradientNorm)
        encoder.encode(optional: inference) { encoder, inference in
            encoder.encode(inference.hasIntercept)
            encoder.encode(inference.covariance.elements) { $0.encode($1) }
            encoder.encode(inference.logLikelihood)
            encoder.encode(inference.nullLogLikelihood)
            encoder.encode(inference.observationCount)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let classes = try decoder.decodeStrings()
        let featureNames = try decoder.decodeStrings()
        let intercept = try decoder.decodeDouble()
        let coefficients = try decoder.decodeDoubles()
        guard classes.count == 2, classes[0] != classes[1] else {
            throw decoder.error("the classes are \(classes)")
        }
        guard !coefficients.isEmpty, coefficients.count == featureNames.count else {
            throw decoder.error(
                "\(coefficients.count) coefficients for \(featureNames.count) features")
        }
        guard (coefficients + [intercept]).allSatisfy(\.isFinite) else {
            throw decoder.error("a coefficient is not finite")
        }
        let iterationCount = try decoder.decodeInt()
        let gradientNorm = try decoder.decodeDouble()
        guard iterationCount >= 1, gradientNorm >= 0, gradientNorm.isFinite else {
            throw decoder.error("\(iterationCount) iterations to the gradient \(gradientNorm)")
        }
        let inference = try decoder.decodeOptional {
            (decoder) throws(CanonicalDecodingError) in
            try LogisticInference(from: &decoder, coefficientCount: coefficients.count)
        }
        if let inference, !inference.hasIntercept, intercept != 0 {
            throw decoder.error("the intercept is \(intercept) in a model without one")
        }
        self.init(
            classes: classes, featureNames: featureNames, intercept: intercept,
            coefficients: coefficients, iterationCount: iterationCount,
            gradientNorm: gradientNorm, inference: inference)
    }
}

extension LogisticInference {
    fileprivate init(
        from decoder: inout CanonicalDecoder, coefficientCount: Int
    ) throws(CanonicalDecodingError) {
        let hasIntercept = try decoder.decodeBool()
        let count = coefficientCount + (hasIntercept ? 1 : 0)
        let covariance = try decoder.decodeCovariance(count)
        let logLikelihood = try decoder.decodeDouble()
        let nullLogLikelihood = try decoder.decodeDouble()
        let observationCount = try decoder.decodeDouble()
        guard logLikelihood.isFinite, nullLogLikelihood.isFinite, observationCount > 0,
            observationCount.isFinite
        else {
            throw decoder.error(
                "log-likelihoods \(logLikelihood) and \(nullLogLikelihood) of "
                    + "\(observationCount) observations")
        }
        self.init(
            covariance: covariance, hasIntercept: hasIntercept, logLikelihood: logLikelihood,
            nullLogLikelihood: nullLogLikelihood, observationCount: observationCount)
    }
}
