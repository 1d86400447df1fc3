// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing

/// What `boltzmann_machines.json` holds.
struct BoltzmannGolden: Decodable {
    struct Gradient: Decodable {
        var weights: [[Double]]
        var visibleBiases, hiddenBiases: [Double]
        var logDeviations: [Double]?
    }
    struct Machine: Decodable {
        var weights, rows, hidden, reconstruction: [[Double]]
        var visibleBiases, hiddenBiases, freeEnergies: [Double]
        var deviations, pseudoLogLikelihoods: [Double]?
        var logPartition: Double
        var gradient: Gradient

        var features: Matrix<Double> { Matrix(rows: rows) }

        /// The machine as `recipe` would have trained it.
        func model(_ recipe: RestrictedBoltzmannMachine) throws -> RestrictedBoltzmannModel {
            try RestrictedBoltzmannModel(
                recipe: recipe, featureNames: visibleBiases.indices.map { "x\($0)" },
                weights: Matrix(rows: weights.map { $0.map(Float.init) }),
                visibleBiases: Vector(visibleBiases.map(Float.init)),
                hiddenBiases: Vector(hiddenBiases.map(Float.init)),
                deviations: deviations.map { Vector($0.map(Float.init)) })
        }

        var model: RestrictedBoltzmannModel {
            get throws {
                try model(
                    RestrictedBoltzmannMachine(
                        hiddenCount: hiddenBiases.count,
                        visibleUnits: deviations == nil ? .bernoulli : .gaussianLearned()))
            }
        }
    }
    struct Bars: Decodable {
        var rows: [[Double]]
        var meanLogLikelihood: Double
    }
    var bernoulli, gaussian, bits, numbers: Machine
    var bars: Bars

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "boltzmann_machines", withExtension: "json", subdirectory: "Golden"))
        self = try JSONDecoder().decode(BoltzmannGolden.self, from: Data(contentsOf: url))
    }
}
