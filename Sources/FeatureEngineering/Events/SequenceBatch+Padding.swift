// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Sequences brought to one length.
public struct PaddedSequences<Scalar: LinearAlgebraScalar>: Sendable {
    /// The numbers, (sequences x steps x features).
    public let values: Tensor<3, Scalar>
    /// How many steps of each sequence are real.
    public let lengths: [Int]
    /// 1 for a real step and 0 for padding, (sequences x steps).
    public let mask: Matrix<Scalar>
}

extension SequenceBatch {
    /// Where padding stands.
    public enum PaddingSide: String, Sendable, Hashable, Codable, CaseIterable {
        /// In front of the first step, so that all sequences end together.
        case leading
        /// Behind the last step, so that all sequences begin together.
        case trailing
    }

    /// All sequences with the same number of steps.
    ///
    /// Of a sequence that is longer, the newest steps are kept.
    ///
    /// - Parameters:
    ///   - length: The number of steps; `nil` for that of the longest sequence.
    ///   - value: What padding consists of.
    ///   - side: Where padding stands.
    ///   - scalar: The type of the numbers; doubles are rounded to the nearest.
    /// - Throws: ``FeatureError`` with `invalidParameter` if `length` is negative, or `outOfRange`
    ///   if a number is not finite in `Scalar`.
    /// - Complexity: O(sequences x length x features).
    public func padded<Scalar: LinearAlgebraScalar>(
        to length: Int? = nil, with value: Double = 0, side: PaddingSide = .trailing,
        as scalar: Scalar.Type = Double.self
    ) throws(FeatureError) -> PaddedSequences<Scalar> {
        let length = length ?? maximumLength
        let (width, overflow) = count.multipliedReportingOverflow(by: length)
        guard length >= 0, !overflow, !width.multipliedReportingOverflow(by: featureCount).overflow
        else {
            throw FeatureError(
                .invalidParameter,
                "\(count) sequences of \(featureCount) features cannot be padded to \(length)")
        }
        let source = values.elements
        var elements = [Scalar](repeating: Scalar(value), count: width * featureCount)
        var mask = [Scalar](repeating: 0, count: width)
        var keptLengths: [Int] = []
        for index in 0..<count {
            let steps = steps(of: index).suffix(length)
            keptLengths.append(steps.count)
            let first = index * length + (side == .leading ? length - steps.count : 0)
            for (target, step) in zip(first..., steps) {
                mask[target] = 1
                for feature in 0..<featureCount {
                    let number = Scalar(source[step * featureCount + feature])
                    guard number.isFinite else {
                        throw FeatureError(
                            .outOfRange, "the value is too large for \(Scalar.self)", row: step,
                            column: names[feature])
                    }
                    elements[target * featureCount + feature] = number
                }
            }
        }
        return PaddedSequences(
            values: Tensor(shape: [count, length, featureCount], elements: elements),
            lengths: keptLengths,
            mask: Matrix(rowCount: count, columnCount: length, elements: mask))
    }
}
