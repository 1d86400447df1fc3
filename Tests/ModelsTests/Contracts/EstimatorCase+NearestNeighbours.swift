// SPDX-License-Identifier: Apache-2.0

import Models

extension EstimatorCase {
    static let nearestNeighbours: [EstimatorCase] = [
        EstimatorCase(
            name: "nearest neighbours, brute force",
            recipe: NearestNeighbourClassifier(
                NeighbourSearch(.count(40), algorithm: .bruteForce)),
            reorderingTolerance: 1e-12,
            invalid: [
                NearestNeighbourClassifier(NeighbourSearch(.count(0))),
                NearestNeighbourClassifier(NeighbourSearch(.radius(0))),
                NearestNeighbourClassifier(NeighbourSearch(.radius(1)), choosesCount: true),
                NearestNeighbourClassifier(NeighbourSearch(), window: 0),
            ]),
        EstimatorCase(
            name: "nearest neighbours, KD-tree",
            recipe: NearestNeighbourClassifier(
                NeighbourSearch(
                    .count(40), metric: .manhattan, weighting: .gaussian(bandwidth: 3),
                    algorithm: .kdTree, leafSize: 6)),
            reorderingTolerance: 1e-12,
            invalid: [
                NearestNeighbourClassifier(NeighbourSearch(metric: .minkowski(p: 0.5))),
                NearestNeighbourClassifier(NeighbourSearch(weighting: .gaussian(bandwidth: 0))),
                NearestNeighbourClassifier(NeighbourSearch(leafSize: 0)),
            ]),
        EstimatorCase(
            name: "nearest neighbours, ball tree",
            recipe: NearestNeighbourClassifier(
                NeighbourSearch(
                    .count(40), metric: .mahalanobis,
                    weighting: .shiftedInverseDistance(constant: 1), algorithm: .ballTree,
                    leafSize: 5)),
            reorderingTolerance: 1e-10,
            invalid: [
                NearestNeighbourClassifier(
                    NeighbourSearch(weighting: .shiftedInverseDistance(constant: .nan))),
                NearestNeighbourClassifier(NeighbourSearch(metric: .gower(nominal: ["a", "a"]))),
            ]),
    ]
}
