// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension OrdinalRegressionModel: CanonicalContent {
    /// `ordinal-regression-model.1`.
    public static var kind: String { "ordinal-regression-model.1" }

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
        encoder.encode(thresholds) { $0.encode($1) }
        encoder.encode(coefficients) { $0.encode($1) }
        encoder.encode(iterationCount)
        encoder.encode(gradientNorm)
        encoder.encode(optional: inference) { encoder, inference in
            encoder.encode(inference.covariance.elements) { $0.encode($1) }
            inference.likelihood.encode(to: &encoder)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let classes = try decoder.decodeStrings()
        let featureNames = try decoder.decodeStrings()
        let thresholds = try decoder.decodeDoubles()
        let coefficients = try decoder.decodeDoubles()
        guard classes.count >= 2, Set(classes).count == classes.count,
            thresholds.count == classes.count - 1
        else {
            throw decoder.error("\(thresholds.count) thresholds between the classes \(classes)")
        }
        guard !coefficients.isEmpty, coefficients.count == featureNames.count else {
            throw decoder.error(
                "\(coefficients.count) coefficients for \(featureNames.count) features")
        }
        guard (coefficients + thresholds).allSatisfy(\.isFinite),
            zip(thresholds, thresholds.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw decoder.error("numbers that are not finite, or thresholds that do not ascend")
        }
        let iterationCount = try decoder.decodeInt()
        let gradientNorm = try decoder.decodeDouble()
        guard iterationCount >= 1, gradientNorm >= 0, gradientNorm.isFinite else {
            throw decoder.error("\(iterationCount) iterations to the gradient \(gradientNorm)")
        }
        let count = thresholds.count + coefficients.count
        let inference = try decoder.decodeOptional {
            (decoder) throws(CanonicalDecodingError) -> Inference in
            let covariance = try decoder.decodeCovariance(count)
            return Inference(
                covariance: covariance,
                likelihood: try LikelihoodSummary(
                    from: &decoder, parameterCount: count, nullParameterCount: thresholds.count))
        }
        self.init(
            classes: classes, featureNames: featureNames, thresholds: thresholds,
            coefficients: coefficients, iterationCount: iterationCount,
            gradientNorm: gradientNorm, inference: inference)
    }
}
