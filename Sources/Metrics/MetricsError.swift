// SPDX-License-Identifier: Apache-2.0

/// Why a measure cannot be computed from the given arrays.
///
/// Nothing is replaced by a default: a measure that is not defined for its input throws.
public struct MetricsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Hashable, Sendable {
        /// There are no rows.
        case emptyInput
        /// Two arrays that belong together have different lengths.
        case countMismatch
        /// A score is NaN or infinite.
        case invalidScore
        /// A probability is NaN or lies outside `0...1`.
        case invalidProbability
        /// A sample weight is NaN, negative, or neither 0 nor in 1e-100...1e100; or all are 0.
        case invalidWeight
        /// The measure compares two classes, and the rows with positive weight hold only one.
        case oneClass
        /// There are rows, but too few of some kind for a variance or a test.
        case tooFewRows
        /// A value that varies in every sensible input, such as an item of a scale, is constant.
        case noSpread
        /// An iteration did not settle.
        case notConverged
        /// A class, group or measure is not among the known ones.
        case unknownName
        /// A setting, such as a number of bins, is outside its range.
        case invalidParameter
    }

    /// The kind of failure.
    public let code: Code

    /// What is wrong, with the offending value and its position.
    public let message: String

    /// The position of the offending element, counted from 0, where one element is to blame.
    public let position: Int?

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }

    init(_ code: Code, _ message: String, position: Int? = nil) {
        self.code = code
        self.message = message
        self.position = position
    }
}
