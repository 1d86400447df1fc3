// SPDX-License-Identifier: Apache-2.0

import Foundation
import Models
import Testing

/// Losses and paths of optimisers by PyTorch; see `Scripts/golden/models_networks.py`.
struct NetworkGolden: Decodable {
    var heads: [Head]
    var optimisers: [Path]
    var plateau: Plateau
    var network: Network

    struct Head: Decodable {
        var name: String
        var kind: String
        var focal: Double
        var outputs: [Double]
        var targets: [Double]
        var weights: [Double]
        var loss: Double
        var gradient: [Double]

        var head: NetworkHead {
            switch kind {
            case "logistic": .logistic(focal: focal)
            case "softmax": .softmax(classes: outputs.count / targets.count, focal: focal)
            case "squared": .squared
            case "huber": .huber(delta: focal)
            default: .poisson
            }
        }
    }

    /// The parameters after every step, with the gradient `curvature * (parameters - minimum)`.
    struct Path: Decodable {
        var name: String
        var start: [Double]
        var minimum: [Double]
        var curvature: [Double]
        var rates: [Double]
        var clipping: Double?
        var path: [[Double]]
    }

    struct Plateau: Decodable {
        var losses: [Double]
        var patience: Int
        var factor: Double
        var floor: Double
        var factors: [Double]
    }

    /// Fifteen epochs of one batch of all rows.
    struct Network: Decodable {
        var inputs: [Double]
        var targets: [Double]
        var weights: [Double]
        var start: [Double]
        var losses: [Double]
        var parameters: [Double]
        var state: [Double]
        var outputs: [Double]
    }

    static func load() throws -> NetworkGolden {
        let url = try #require(
            Bundle.module.url(
                forResource: "networks", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(NetworkGolden.self, from: Data(contentsOf: url))
    }
}
