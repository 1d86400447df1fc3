// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Sets of players with the weights of the Shapley kernel, without the empty and the full set.
///
/// The kernel gives a set of `s` of `n` players the weight `(n - 1) / (C(n, s) s (n - s))`. Whole
/// sizes are enumerated from both ends inwards as far as the number of sets allows; the sizes
/// between are sampled, each set with its complement.
struct CoalitionSample {
    /// Whether each player is in, one row after the other.
    private(set) var members: [[Bool]] = []

    /// The weight of each set; they sum to 1.
    private(set) var weights: [Double] = []

    /// All sets of `count` players, of which there are more than one.
    init(allOf count: Int) {
        let sizeWeights = Self.sizeWeights(count)
        for size in 1..<count {
            let share = sizeWeights[size] / Self.choices(count, size)
            Self.forEachSet(of: size, in: count) { append($0, share) }
        }
    }

    /// At most about `limit` sets of `count` players, of which there are more than one.
    init(_ limit: Int, of count: Int, _ generator: inout RandomStream) {
        var sizeWeights = Self.sizeWeights(count)
        var budget = Double(limit)
        var rest = 1.0
        var nextSize = 1
        while nextSize <= count / 2 {
            let isMiddle = 2 * nextSize == count
            let weight = sizeWeights[nextSize] * (isMiddle ? 1 : 2)
            let needed = Self.choices(count, nextSize) * (isMiddle ? 1 : 2)
            // A size is enumerated where its share of the budget would pay for all of its sets.
            guard budget * weight / rest >= needed * (1 - 1e-9) else { break }
            let share = sizeWeights[nextSize] / Self.choices(count, nextSize)
            Self.forEachSet(of: nextSize, in: count) { set in
                append(set, share)
                if !isMiddle { append(set.map { !$0 }, share) }
            }
            for size in [nextSize, count - nextSize] { sizeWeights[size] = 0 }
            budget -= needed
            rest -= weight
            nextSize += 1
        }
        guard nextSize <= count / 2 else { return }
        sample(Int(budget) / 2, of: count, sizeWeights, rest, &generator)
    }

    private mutating func sample(
        _ pairCount: Int, of count: Int, _ sizeWeights: [Double], _ rest: Double,
        _ generator: inout RandomStream
    ) {
        guard pairCount > 0 else { return }
        var indexOfSet: [[Bool]: Int] = [:]
        let share = rest / Double(2 * pairCount)
        for _ in 0..<pairCount {
            let size = generator.categorical(weights: sizeWeights)
            var set = [Bool](repeating: false, count: count)
            for player in generator.sample(size, below: count) { set[player] = true }
            for set in [set, set.map { !$0 }] {
                if let index = indexOfSet[set] {
                    weights[index] += share
                } else {
                    indexOfSet[set] = members.count
                    append(set, share)
                }
            }
        }
    }

    private mutating func append(_ set: [Bool], _ weight: Double) {
        members.append(set)
        weights.append(weight)
    }

    /// The share of each size, by size from 0 to `count`.
    private static func sizeWeights(_ count: Int) -> [Double] {
        let raw = (0...count).map { size in
            size == 0 || size == count ? 0 : 1 / (Double(size) * Double(count - size))
        }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }

    /// `count` over `size`.
    private static func choices(_ count: Int, _ size: Int) -> Double {
        (0..<size).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }.rounded()
    }

    /// Every set of `size` players, in lexicographic order.
    private static func forEachSet(of size: Int, in count: Int, _ body: ([Bool]) -> Void) {
        var chosen = Array(0..<size)
        while true {
            var set = [Bool](repeating: false, count: count)
            for player in chosen { set[player] = true }
            body(set)
            guard let place = chosen.indices.last(where: { chosen[$0] < count - size + $0 }) else {
                return
            }
            chosen[place] += 1
            for later in chosen.indices.dropFirst(place + 1) {
                chosen[later] = chosen[later - 1] + 1
            }
        }
    }
}
