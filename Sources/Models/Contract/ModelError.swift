// SPDX-License-Identifier: Apache-2.0

/// Why a model could not be fitted, asked, written or read.
///
/// The message names the row, the column, the value or the two sizes that do not fit. An error of
/// the feature pipeline or of the file system is kept in ``underlying``.
public struct ModelError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Codable, CaseIterable {
        /// A hyperparameter outside its range.
        case invalidRecipe
        /// No rows, no columns, or no row with a positive weight.
        case empty
        /// A NaN or an infinite feature value.
        case nonFinite
        /// A finite feature value that the estimator does not take, such as a negative count.
        case invalidValue
        /// A matrix that has not as many columns as the model has features.
        case wrongWidth
        /// Labels or targets that are not as many as the rows, or labels that name no class.
        case invalidLabels
        /// Weights that are not as many as the rows, negative, or not finite.
        case invalidWeights
        /// Only one class among the rows with a positive weight.
        case oneClass
        /// More classes than the estimator can tell apart.
        case tooManyClasses
        /// Features without any spread, so that no scale can be estimated.
        case noSpread
        /// Models that cannot be merged, or rows of other features than the model's.
        case incompatible
        /// Feature columns that depend linearly on each other, so that the fit is not unique.
        case rankDeficient
        /// Classes that the features separate, so that no finite maximum of the likelihood exists.
        case separation
        /// The iteration limit was reached, or no step lowered the objective any more.
        case notConverged
        /// A loss, gradient or parameter that is not finite any more; the message names the epoch
        /// and the batch.
        case diverged
        /// The task was cancelled, or the progress callback asked to stop.
        case cancelled
        /// A fold count, a split or a set of seeds that the rows do not allow.
        case invalidSplit
        /// A step of the feature pipeline or a column of the table.
        case features
        /// Bytes that are not a model file of a known format, version and kind.
        case invalidFile
        /// A file that could not be read or written.
        case fileAccess
    }

    /// The kind of failure.
    public let code: Code

    /// What was found and what was expected, with the numbers.
    public let message: String

    /// The error of the feature pipeline or the file system, where there was one.
    public let underlying: (any Error)?

    /// An error of this module or of an estimator that conforms to ``Classifier`` or ``Regressor``.
    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// The code, the message and the underlying error.
    public var description: String {
        let cause = underlying.map { ": \($0)" } ?? ""
        return "\(code.rawValue): \(message)\(cause)"
    }
}
