// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension LikelihoodSummary {
    /// Appends what the number of parameters does not say.
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(logLikelihood)
        encoder.encode(nullLogLikelihood)
        encoder.encode(observationCount)
    }

    init(
        from decoder: inout CanonicalDecoder, parameterCount: Int, nullParameterCount: Int
    ) throws(CanonicalDecodingError) {
        logLikelihood = try decoder.decodeDouble()
        nullLogLikelihood = try decoder.decodeDouble()
        observationCount = try decoder.decodeDouble()
        self.parameterCount = parameterCount
        self.nullParameterCount = nullParameterCount
        guard logLikelihood <= 0, logLikelihood.isFinite, nullLogLikelihood < 0,
            nullLogLikelihood.isFinite, observationCount > 0, observationCount.isFinite
        else {
            throw decoder.error(
                "log-likelihoods \(logLikelihood) and \(nullLogLikelihood) of "
                    + "\(observationCount) observations")
        }
    }
}

extension CanonicalDecoder {
    /// A symmetric matrix (count x count) of finite numbers with positive variances.
    mutating func decodeCovariance(
        _ count: Int
    ) throws(CanonicalDecodingError) -> Matrix<Double> {
        let elements = try decodeDoubles()
        guard elements.count == count * count else {
            throw error("a covariance of \(elements.count) elements, not \(count)²")
        }
        let covariance = Matrix(rowCount: count, columnCount: count, elements: elements)
        for row in 0..<count {
            guard covariance[row, row] > 0 else {
                throw error("variance \(row) is \(covariance[row, row])")
            }
            for column in 0...row {
                let value = covariance[row, column]
                guard value.isFinite, value == covariance[column, row] else {
                    throw error("the covariance is not finite and symmetric")
                }
            }
        }
        return covariance
    }
}
