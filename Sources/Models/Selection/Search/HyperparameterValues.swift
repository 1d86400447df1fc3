// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The values that a hyperparameter may take: a list, or a distribution to draw from.
public struct HyperparameterValues<Value: Sendable>: Sendable {
    /// All values; `nil` for a distribution without a list.
    let list: [Value]?
    let draw: @Sendable (inout RandomStream) -> Value

    /// The given values, each as likely as the others.
    ///
    /// - Precondition: there is at least one.
    public static func choice(_ values: [Value]) -> Self {
        precondition(!values.isEmpty, "a hyperparameter without values")
        return Self(list: values) { values[$0.integer(below: values.count)] }
    }
}

extension HyperparameterValues where Value == Double {
    /// Any number of the range, evenly.
    ///
    /// - Precondition: the range is finite.
    public static func uniform(_ range: ClosedRange<Double>) -> Self {
        precondition(range.lowerBound.isFinite && range.upperBound.isFinite, "\(range)")
        return Self(list: nil) { stream in
            let share = stream.uniform()
            return range.lowerBound * (1 - share) + range.upperBound * share
        }
    }

    /// Any number of the range, its logarithm evenly: for factors such as penalties.
    ///
    /// - Precondition: the range is finite and above 0.
    public static func logUniform(_ range: ClosedRange<Double>) -> Self {
        precondition(range.lowerBound > 0 && range.upperBound.isFinite, "\(range)")
        let ends = (naturalLogarithm(range.lowerBound), naturalLogarithm(range.upperBound))
        return Self(list: nil) { stream in
            let share = stream.uniform()
            let value = exponential(ends.0 * (1 - share) + ends.1 * share)
            return min(max(value, range.lowerBound), range.upperBound)
        }
    }
}

extension HyperparameterValues where Value == Int {
    /// Any whole number of the range, evenly; a grid takes all of them.
    public static func integers(_ range: ClosedRange<Int>) -> Self { .choice(Array(range)) }
}

extension HyperparameterValues: ExpressibleByArrayLiteral {
    /// The given values, each as likely as the others.
    ///
    /// - Precondition: there is at least one.
    public init(arrayLiteral elements: Value...) { self = .choice(elements) }
}
