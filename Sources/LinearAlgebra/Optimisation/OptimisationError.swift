// SPDX-License-Identifier: Apache-2.0

/// A search that cannot go on, or that was asked for with impossible settings.
public struct OptimisationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure, with its numbers.
    public enum Code: Hashable, Sendable {
        /// The setting `name` has the value `value`, which it cannot have.
        case invalidSetting(name: String, value: Double)

        /// Coordinate `index` of the starting point, or an end of the interval, is not finite.
        case startNotFinite(index: Int)

        /// The function returned NaN or minus infinity, or is infinite where the search starts.
        case valueNotFinite(evaluation: Int, value: Double)

        /// Element `index` of the gradient, or of a product with the second derivatives, is not
        /// finite although the value is.
        case derivativeNotFinite(evaluation: Int, index: Int)

        /// The function has the same sign at both ends of the interval.
        case notABracket(lower: Double, upper: Double, lowerValue: Double, upperValue: Double)

        /// The operator of a linear system is not positive definite: `p · A p` is `curvature`.
        case notPositiveDefinite(iteration: Int, curvature: Double)
    }

    /// The kind of failure.
    public let code: Code

    /// The method that failed, such as `Brent root`.
    public let method: String

    init(_ code: Code, _ method: String) {
        self.code = code
        self.method = method
    }

    /// What failed, with the numbers.
    public var description: String {
        let detail =
            switch code {
            case .invalidSetting(let name, let value): "\(name) is \(value)"
            case .startNotFinite(let index): "coordinate \(index) of the start is not finite"
            case .valueNotFinite(let evaluation, let value):
                "the function is \(value) at evaluation \(evaluation)"
            case .derivativeNotFinite(let evaluation, let index):
                "element \(index) of a derivative is not finite at evaluation \(evaluation)"
            case .notABracket(let lower, let upper, let lowerValue, let upperValue):
                """
                no sign change between \(lower) and \(upper), where the function is \
                \(lowerValue) and \(upperValue)
                """
            case .notPositiveDefinite(let iteration, let curvature):
                "not positive definite: curvature \(curvature) in iteration \(iteration)"
            }
        return "\(method): \(detail)"
    }
}
