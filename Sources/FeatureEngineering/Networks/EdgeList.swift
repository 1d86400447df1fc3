// SPDX-License-Identifier: Apache-2.0

/// Edges by ascending (source, target, relation), each triple once.
struct EdgeList: Sendable, Hashable {
    var sources: [Int32] = []
    var targets: [Int32] = []
    var relations: [Int32] = []
    var weights: [Double] = []

    var count: Int { sources.count }

    mutating func append(_ source: Int32, _ target: Int32, _ relation: Int32, _ weight: Double) {
        sources.append(source)
        targets.append(target)
        relations.append(relation)
        weights.append(weight)
    }

    /// The edges of some relations, which are numbered anew in the order given.
    func keeping(relations kept: [Int]) -> EdgeList {
        let number = Dictionary(
            uniqueKeysWithValues: kept.enumerated().map { (Int32($1), Int32($0)) })
        var edges = EdgeList()
        for index in 0..<count {
            guard let relation = number[relations[index]] else { continue }
            edges.append(sources[index], targets[index], relation, weights[index])
        }
        return edges
    }

    /// One edge for each pair, with the sum of the weights of its relations.
    func mergingRelations() -> EdgePairs {
        var pairs = EdgePairs()
        pairs.sources.reserveCapacity(count)
        pairs.targets.reserveCapacity(count)
        var merged: [Double] = []
        merged.reserveCapacity(count)
        for index in 0..<count {
            let last = pairs.sources.count - 1
            if last >= 0, pairs.sources[last] == sources[index],
                pairs.targets[last] == targets[index]
            {
                merged[last] += weights[index]
            } else {
                pairs.sources.append(sources[index])
                pairs.targets.append(targets[index])
                merged.append(weights[index])
            }
        }
        pairs.weights = merged.allSatisfy { $0 == 1 } ? nil : merged
        return pairs
    }

    /// One edge for each pair of nodes, from the smaller to the larger one.
    func ignoringDirections(_ nodeCount: Int) -> EdgePairs {
        var turned = self
        for index in 0..<count where sources[index] > targets[index] {
            (turned.sources[index], turned.targets[index]) = (targets[index], sources[index])
        }
        return turned.sorted(nodeCount: nodeCount, relationCount: 0).edges.mergingRelations()
    }

    /// The edges by ascending (source, target, relation), equal ones in the order of before, and
    /// where each was.
    ///
    /// `relationCount` 0 leaves the relations out of the order.
    func sorted(nodeCount: Int, relationCount: Int) -> (edges: EdgeList, order: [Int32]) {
        var order = (0..<Int32(count)).map { $0 }
        if relationCount > 1 { countingSort(&order, relations, relationCount) }
        countingSort(&order, targets, nodeCount)
        countingSort(&order, sources, nodeCount)
        let edges = EdgeList(
            sources: order.map { sources[Int($0)] }, targets: order.map { targets[Int($0)] },
            relations: order.map { relations[Int($0)] }, weights: order.map { weights[Int($0)] })
        return (edges, order)
    }

    /// Sorts `order` by a key in `0..<keyCount`; equal keys keep their order.
    private func countingSort(_ order: inout [Int32], _ keys: [Int32], _ keyCount: Int) {
        var starts = [Int](repeating: 0, count: keyCount + 1)
        for key in keys { starts[Int(key) + 1] += 1 }
        for key in 0..<keyCount { starts[key + 1] += starts[key] }
        var sorted = order
        for index in order {
            let key = Int(keys[Int(index)])
            sorted[starts[key]] = index
            starts[key] += 1
        }
        order = sorted
    }
}

/// Edges by ascending (source, target), each pair once.
struct EdgePairs {
    var sources: [Int32] = []
    var targets: [Int32] = []
    /// `nil` where all are 1.
    var weights: [Double]?
}
