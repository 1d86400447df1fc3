// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Layers that were trained without labels: features for other models, or the start of a network.
public struct DeepBeliefFeatures: ModelFileContent, Codable, Equatable, Sendable {
    /// The machines of the layers, from the features on.
    public let machines: [RestrictedBoltzmannModel]

    /// The names of the features, in column order.
    public var featureNames: [String] { machines[0].featureNames }

    init(machines: [RestrictedBoltzmannModel]) { self.machines = machines }

    /// The probabilities of the hidden units of a layer (rows x units).
    ///
    /// - Parameters:
    ///   - features: the values (rows x features).
    ///   - layer: the number of the layer from 1; the last one where `nil`.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite` or `invalidValue`.
    /// - Precondition: the layer exists.
    /// - Complexity: O(rows * weights of the layers).
    public func hiddenProbabilities(
        _ features: Matrix<Double>, layer: Int? = nil
    ) throws(ModelError) -> Matrix<Double> {
        let layer = layer ?? machines.count
        precondition(
            (1...machines.count).contains(layer), "layer \(layer) of \(machines.count)")
        var values = features
        for machine in machines[..<layer] { values = try machine.hiddenProbabilities(values) }
        return values
    }

    /// The means of the features that the units of the last layer speak for (rows x features): up
    /// through all layers and down again.
    ///
    /// - Parameter features: the values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite` or `invalidValue`.
    /// - Complexity: O(rows * weights of the layers).
    public func reconstruction(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        var values = try hiddenProbabilities(features)
        for machine in machines.reversed() { values = machine.visibleMeans(values) }
        return values
    }

    /// The weights and offsets of sigmoid layers of the features as they come.
    var networkParameters: [Float] {
        machines.flatMap { machine in
            let (rows, columns) = (machine.visibleCount, machine.hiddenCount)
            var weights = machine.weights.elements
            for row in 0..<rows {
                for column in 0..<columns {
                    weights[row * columns + column] /= machine.deviations[row]
                }
            }
            return weights + machine.hiddenBiases.elements
        }
    }

    /// Encodes the layers as their file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
