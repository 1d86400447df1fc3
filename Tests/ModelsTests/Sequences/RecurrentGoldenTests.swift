// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LS1: recurrent cells against PyTorch")
struct RecurrentGoldenTests {
    struct Golden: Decodable {
        struct Network: Decodable {
            var cell: RecurrentCell
            var layers: Int
            var bothWays: Bool
            var steps, outputs, outputWeights: [[[Double]]]
            var inputGradients: [[Double]]
            var parameters, gradients: [String: Numbers]
        }
        var lengths: [Int]
        var hidden: Int
        var networks: [Network]
    }

    /// A vector or a matrix.
    enum Numbers: Decodable {
        case vector([Double])
        case matrix([[Double]])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            self =
                if let vector = try? container.decode([Double].self) {
                    .vector(vector)
                } else {
                    .matrix(try container.decode([[Double]].self))
                }
        }

        var rows: [[Double]] {
            switch self {
            case .vector(let vector): [vector]
            case .matrix(let rows): rows
            }
        }
    }

    let golden: Golden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "recurrent", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    /// The network with PyTorch's parameters in our order.
    private func sample<Scalar: RecurrentScalar>(
        _ network: Golden.Network, as: Scalar.Type
    ) throws -> RecurrentSample<Scalar> {
        let shape = RecurrentShape(
            cell: network.cell, inputCount: 3, hiddenCount: golden.hidden,
            layerCount: network.layers, isBidirectional: network.bothWays)
        var sample = RecurrentSample<Scalar>(shape, lengths: golden.lengths, seed: 1)
        sample.parameters = try parameters(network.parameters, network, shape, sumsBiases: true)
            .map { Scalar($0) }
        for sequence in golden.lengths.indices {
            for (row, values) in zip(sample.rows(of: sequence), network.steps[sequence]) {
                for (column, value) in values.enumerated() {
                    sample.input[row * 3 + column] = Scalar(value)
                }
            }
        }
        return sample
    }

    /// Blocks of a GRU lie as r, z, n in PyTorch.
    private func parameters(
        _ values: [String: Numbers], _ network: Golden.Network, _ shape: RecurrentShape,
        sumsBiases: Bool
    ) throws -> [Double] {
        let hidden = golden.hidden
        let isGRU = network.cell == .gru
        let inputOrder = isGRU ? [2, 0, 1] : [0, 1, 2, 3]
        let recurrentOrder = isGRU ? [0, 1, 2] : [0, 1, 2, 3]
        func unit(_ rows: [[Double]], _ order: [Int]) -> [[Double]] {
            order.flatMap { rows[$0 * hidden..<($0 + 1) * hidden] }
        }
        var list: [Double] = []
        for index in shape.blocks.indices {
            let directions = shape.directionCount
            let suffix = "l\(index / directions)" + (index % directions == 1 ? "_reverse" : "")
            func rows(_ name: String) throws -> [[Double]] {
                try #require(values["\(name)_\(suffix)"]).rows
            }
            let kernel = unit(try rows("weight_ih"), inputOrder)
            let recurrent = unit(try rows("weight_hh"), recurrentOrder)
            for column in kernel[0].indices { list += kernel.map { $0[column] } }
            for column in recurrent[0].indices { list += recurrent.map { $0[column] } }
            let input = try rows("bias_ih")[0]
            let output = try rows("bias_hh")[0]
            let both = sumsBiases ? zip(input, output).map { $0 + $1 } : input
            list +=
                isGRU
                ? Array(input[(2 * hidden)...]) + both[..<(2 * hidden)] + output[(2 * hidden)...]
                : both
        }
        return list
    }

    private func compare<Scalar: RecurrentScalar>(
        _ type: Scalar.Type, tolerance: Double
    ) throws {
        for network in golden.networks {
            var sample = try sample(network, as: type)
            let width = sample.shape.outputCount
            let outputs = sample.outputs
            var weights = [Scalar](repeating: 0, count: outputs.count)
            for sequence in golden.lengths.indices {
                for (step, row) in sample.rows(of: sequence).enumerated() {
                    for unit in 0..<width {
                        let expected = network.outputs[sequence][step][unit]
                        let difference = abs(Double(outputs[row * width + unit]) - expected)
                        #expect(difference < tolerance, "\(network.cell) \(sequence) \(step)")
                        weights[row * width + unit] =
                            Scalar(network.outputWeights[sequence][step][unit])
                    }
                }
            }
            sample.weights = weights
            let gradients = sample.gradients
            let expected = try parameters(
                network.gradients, network, sample.shape, sumsBiases: false)
            for (value, expected) in zip(gradients.parameters, expected) {
                #expect(abs(Double(value) - expected) < tolerance * max(10, abs(expected)))
            }
            for (value, expected) in zip(gradients.input, network.inputGradients.joined()) {
                #expect(abs(Double(value) - expected) < tolerance * 10)
            }
        }
    }

    @Test("outputs and gradients in double precision")
    func double() throws { try compare(Double.self, tolerance: 1e-13) }

    @Test("outputs and gradients in single precision")
    func float() throws { try compare(Float.self, tolerance: 1e-6) }
}
