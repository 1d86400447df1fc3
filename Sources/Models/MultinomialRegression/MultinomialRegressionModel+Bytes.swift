// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension MultinomialRegressionModel: CanonicalContent {
    /// `multinomial-regression-model.1`.
    public static var kind: String { "multinomial-regression-model.1" }

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
        encoder.encode(intercepts) { $0.encode($1) }
        encoder.encode(coefficients.elements) { $0.encode($1) }
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
        let intercepts = try decoder.decodeDoubles()
        let elements = try decoder.decodeDoubles()
        guard classes.count >= 2, Set(classes).count == classes.count,
            intercepts.count == classes.count
        else {
            throw decoder.error("\(intercepts.count) intercepts for the classes \(classes)")
        }
        guard !featureNames.isEmpty, elements.count == classes.count * featureNames.count else {
            throw decoder.error(
                "\(elements.count) coefficients for \(classes.count) classes and "
                    + "\(featureNames.count) features")
        }
        guard (elements + intercepts).allSatisfy(\.isFinite) else {
            throw decoder.error("a coefficient is not finite")
        }
        let iterationCount = try decoder.decodeInt()
        let gradientNorm = try decoder.decodeDouble()
        guard iterationCount >= 1, gradientNorm >= 0, gradientNorm.isFinite else {
            throw decoder.error("\(iterationCount) iterations to the gradient \(gradientNorm)")
        }
        let count = (classes.count - 1) * (featureNames.count + 1)
        let inference = try decoder.decodeOptional {
            (decoder) throws(CanonicalDecodingError) -> Inference in
            let covariance = try decoder.decodeCovariance(count)
            return Inference(
                covariance: covariance,
                likelihood: try LikelihoodSummary(
                    from: &decoder, parameterCount: count, nullParameterCount: classes.count - 1))
        }
        self.init(
            classes: classes, featureNames: featureNames, intercepts: intercepts,
            coefficients: Matrix(
                rowCount: classes.count, columnCount: featureNames.count, elements: elements),
            iterationCount: iterationCount, gradientNorm: gradientNorm, inference: inference)
    }
}
