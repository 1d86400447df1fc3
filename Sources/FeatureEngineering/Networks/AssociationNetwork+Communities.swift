// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

extension AssociationNetwork {
    /// Groups of nodes that are linked among themselves more than with others, by label
    /// propagation; directions are ignored.
    ///
    /// Every node starts with a label of its own. In sweeps over all nodes in a seeded random
    /// order, each node takes the label with the largest sum of edge weights among its
    /// neighbours; it keeps its own label when that is among the largest, and otherwise draws one
    /// of them. It ends when a sweep changes nothing, which happens because each change links
    /// equal labels by more weight.
    ///
    /// U. N. Raghavan, R. Albert, S. Kumara, "Near linear time algorithm to detect community
    /// structures in large-scale networks", Phys. Rev. E 76 (2007),
    /// DOI 10.1103/PhysRevE.76.036106.
    ///
    /// - Parameter sweepLimit: How many sweeps there may be.
    /// - Returns: Communities numbered in the order of their first nodes; the same for the same
    ///   seed on every machine.
    /// - Throws: ``FeatureError`` with `notConverged`, or `cancelled` if the task was cancelled or
    ///   `progress` asked to stop.
    /// - Complexity: O((nodes + edges) x sweeps).
    public func communities(
        weighted: Bool = true, seed: UInt64, sweepLimit: Int = 1000, progress: FitObserver? = nil
    ) throws(FeatureError) -> Components {
        let adjacency = undirected
        let weights = weighted ? adjacency.weights : nil
        var stream = RandomStream(seed: seed).child("label propagation")
        var labels = Array(nodes.indices)
        var order = labels
        var sums = [Double](repeating: 0, count: nodeCount)
        var met: [Int] = []
        for sweep in 0..<max(sweepLimit, 0) {
            stream.shuffle(&order)
            var changes = 0
            for node in order where adjacency.degree(node) > 0 {
                for index in adjacency.range(node) {
                    let label = labels[Int(adjacency.neighbours[index])]
                    if sums[label] == 0 { met.append(label) }
                    sums[label] += weights?[index] ?? 1
                }
                var largest = 0.0
                for label in met { largest = max(largest, sums[label]) }
                if sums[labels[node]] < largest {
                    let best = met.filter { sums[$0] == largest }
                    labels[node] =
                        best.count == 1 ? best[0] : best[stream.integer(below: best.count)]
                    changes += 1
                }
                for label in met { sums[label] = 0 }
                met.removeAll(keepingCapacity: true)
            }
            try FitProgress(
                stage: "communities", step: sweep + 1, stepLimit: sweepLimit,
                objective: Double(changes)
            ).report(to: progress)
            if changes == 0 { return Components(labels: labels) }
        }
        throw FeatureError(
            .notConverged, "label propagation still changes labels after \(sweepLimit) sweeps")
    }
}
