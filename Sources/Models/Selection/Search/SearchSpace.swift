// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// A recipe with hyperparameters that may vary.
///
/// ```swift
/// let space = SearchSpace(pipeline.then(LogisticRegression()))
///     .varying("C", .logUniform(0.001...10)) { $0.estimator.penalty = .l2(C: $1) }
///     .varying("weights", \.estimator.classWeighting, [.equal, .balanced])
/// ```
public struct SearchSpace<Recipe: Sendable>: Sendable {
    /// A recipe of the space, and the values that it has there.
    public struct Candidate: Sendable {
        /// The recipe.
        public let recipe: Recipe

        /// The value of each hyperparameter, in the order of the space.
        public let values: [HyperparameterSetting]
    }

    /// The recipe whose hyperparameters vary.
    public let recipe: Recipe

    /// The names of the hyperparameters that vary, in order.
    public var names: [String] { axes.map(\.name) }

    private struct Axis: Sendable {
        let name: String
        /// The number of listed values; `nil` for a distribution.
        let count: Int?
        /// Sets the listed value of an index and gives its description.
        let choose: @Sendable (inout Recipe, Int) -> String
        /// Sets a random value and gives its description.
        let draw: @Sendable (inout Recipe, inout RandomStream) -> String
    }

    private var axes: [Axis] = []

    /// A space of one recipe.
    public init(_ recipe: Recipe) { self.recipe = recipe }

    /// The space in which the hyperparameter at `path` varies too.
    ///
    /// - Precondition: no other hyperparameter has the name.
    public func varying<Value>(
        _ name: String, _ path: any WritableKeyPath<Recipe, Value> & Sendable,
        _ values: HyperparameterValues<Value>
    ) -> SearchSpace {
        varying(name, values) { $0[keyPath: path] = $1 }
    }

    /// The space in which what `set` changes varies too.
    ///
    /// - Precondition: no other hyperparameter has the name.
    public func varying<Value>(
        _ name: String, _ values: HyperparameterValues<Value>,
        set: @escaping @Sendable (inout Recipe, Value) -> Void
    ) -> SearchSpace {
        precondition(!names.contains(name), "two hyperparameters are called \(name)")
        var space = self
        space.axes.append(
            Axis(
                name: name, count: values.list?.count,
                choose: { recipe, index in
                    guard let value = values.list?[index] else { return "" }
                    set(&recipe, value)
                    return "\(value)"
                },
                draw: { recipe, stream in
                    let value = values.draw(&stream)
                    set(&recipe, value)
                    return "\(value)"
                }))
        return space
    }

    /// Every combination of listed values, the last hyperparameter varying fastest.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe` where a hyperparameter has a distribution
    ///   without a list.
    func grid() throws(ModelError) -> [Candidate] {
        var counts: [Int] = []
        for axis in axes {
            guard let count = axis.count else {
                throw ModelError(
                    .invalidRecipe,
                    "'\(axis.name)' has no list of values; draw at random instead of from a grid")
            }
            counts.append(count)
        }
        var size = 1
        for count in counts {
            let (product, overflow) = size.multipliedReportingOverflow(by: count)
            guard !overflow, product <= 1_000_000 else {
                throw ModelError(.invalidRecipe, "a grid of \(counts) values, above a million")
            }
            size = product
        }
        return (0..<size).map { position in
            var rest = position
            var indices = counts
            for axis in counts.indices.reversed() {
                (rest, indices[axis]) = rest.quotientAndRemainder(dividingBy: counts[axis])
            }
            var recipe = recipe
            let values = zip(axes, indices).map { axis, index in
                HyperparameterSetting(name: axis.name, value: axis.choose(&recipe, index))
            }
            return Candidate(recipe: recipe, values: values)
        }
    }

    /// `count` random recipes; equal ones may repeat.
    func random(_ count: Int, seed: UInt64) -> [Candidate] {
        let stream = RandomStream(seed: seed)
        return (0..<count).map { index in
            // A stream per candidate: more candidates leave the first ones as they are.
            var generator = stream.child("random search", index)
            var recipe = recipe
            let values = axes.map { axis in
                HyperparameterSetting(name: axis.name, value: axis.draw(&recipe, &generator))
            }
            return Candidate(recipe: recipe, values: values)
        }
    }
}

/// The value of a hyperparameter, as it is shown in reports.
public struct HyperparameterSetting: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The name that the search space gives it.
    public let name: String

    /// The value's description.
    public let value: String

    /// `name = value`.
    public var description: String { "\(name) = \(value)" }
}
