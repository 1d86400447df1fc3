// SPDX-License-Identifier: Apache-2.0

/// The lowest point that a minimisation found.
public struct Minimum: Sendable, Hashable, Codable {
    /// The point (n).
    public let point: Vector<Double>

    /// The function at ``point``.
    public let value: Double

    /// How the search ended and what it cost.
    public let report: OptimisationReport
}

/// A function to minimise and its gradient: `{ x in (value, gradient) }`.
///
/// The value may be infinity, which means that the point is outside the domain: the search then
/// takes a shorter step, and the gradient is not read. NaN ends the search with an error. The
/// gradient has as many elements as the point.
public typealias DifferentiableFunction =
    (Vector<Double>) -> (value: Double, gradient: Vector<Double>)

/// A point with the value and the gradient of a function.
struct DifferentiablePoint {
    var position: Vector<Double>
    var value: Double
    var gradient: Vector<Double>

    /// What the value may be off by, when it is a sum of some hundred terms of its own size.
    var roundingError: Double { 1000 * Double.ulpOfOne * abs(value) }

    var gradientNorm: Double { gradient.isEmpty ? 0 : gradient.absoluteValue().max() }
}

/// Evaluates a function, checks what it returns, and counts.
struct EvaluationCounter {
    let method: String
    private(set) var evaluations = 0

    init(_ method: String) { self.method = method }

    /// The function at `position`; infinity is passed on, with a gradient that means nothing.
    mutating func evaluate(
        _ function: DifferentiableFunction, at position: Vector<Double>
    ) throws(OptimisationError) -> DifferentiablePoint {
        evaluations += 1
        let (value, gradient) = function(position)
        try require(value)
        if value.isFinite {
            precondition(
                gradient.count == position.count,
                "a gradient of \(gradient.count) elements at a point of \(position.count)")
            try requireFinite(gradient)
        }
        return DifferentiablePoint(position: position, value: value, gradient: gradient)
    }

    /// The function where a search starts, which must be finite.
    mutating func evaluateStart(
        _ function: DifferentiableFunction, at position: Vector<Double>
    ) throws(OptimisationError) -> DifferentiablePoint {
        try LinearAlgebra.requireFinite(position, method)
        let start = try evaluate(function, at: position)
        guard start.value.isFinite else { throw failure(start.value) }
        return start
    }

    /// The value of a function without a gradient; infinity is passed on.
    mutating func evaluate(_ value: Double) throws(OptimisationError) -> Double {
        evaluations += 1
        try require(value)
        return value
    }

    /// Refuses a derivative with NaN or infinity.
    func requireFinite(_ derivative: Vector<Double>) throws(OptimisationError) {
        guard let index = derivative.firstNonFinite else { return }
        throw OptimisationError(
            .derivativeNotFinite(evaluation: evaluations, index: index), method)
    }

    private func require(_ value: Double) throws(OptimisationError) {
        // False for NaN, too.
        guard value > -.infinity else { throw failure(value) }
    }

    func failure(_ value: Double) -> OptimisationError {
        OptimisationError(.valueNotFinite(evaluation: evaluations, value: value), method)
    }
}

/// Refuses a start with NaN or infinity.
func requireFinite(_ start: Vector<Double>, _ method: String) throws(OptimisationError) {
    if let index = start.firstNonFinite {
        throw OptimisationError(.startNotFinite(index: index), method)
    }
}

/// Refuses a setting outside of `range`, and NaN.
func require(
    _ value: Double, in range: some RangeExpression<Double>, _ name: String, _ method: String
) throws(OptimisationError) {
    guard range.contains(value) else {
        throw OptimisationError(.invalidSetting(name: name, value: value), method)
    }
}
