// SPDX-License-Identifier: Apache-2.0

/// A hidden layer of a perceptron: weighted sums, a normalisation, an activation, and dropout.
public struct HiddenLayer: Codable, Hashable, Sendable {
    /// What is done to the weighted sums before the activation.
    public enum Normalisation: String, Codable, Hashable, Sendable, CaseIterable {
        /// Nothing.
        case none
        /// Every unit is standardised over the rows of a batch, and by running means afterwards.
        case batch
        /// Every row is standardised over the units.
        case layer
    }

    /// The number of units.
    public var units: Int

    /// The function of the sums.
    public var activation: Activation

    /// The normalisation of the sums.
    public var normalisation: Normalisation

    /// The probability that training leaves out an output, in 0..<1.
    public var dropout: Double

    /// A layer; its values are checked by the recipe that holds it.
    public init(
        _ units: Int, activation: Activation = .relu, normalisation: Normalisation = .none,
        dropout: Double = 0
    ) {
        self.units = units
        self.activation = activation
        self.normalisation = normalisation
        self.dropout = dropout
    }

    /// Checks the values.
    func validate() throws(ModelError) {
        guard units >= 1, units <= 65_536, dropout >= 0, dropout < 1 else {
            throw ModelError(
                .invalidRecipe,
                "a hidden layer of \(units) units with a dropout of \(dropout), not of "
                    + "1...65536 units and 0..<1")
        }
    }

    /// The parts of this layer after `inputWidth` columns.
    func parts(after inputWidth: Int) -> [any NetworkLayer] {
        var parts: [any NetworkLayer] = []
        switch normalisation {
        case .none: parts = [DenseLayer(inputWidth, units, activation)]
        case .batch: parts = [DenseLayer(inputWidth, units), BatchNormalisationLayer(units)]
        case .layer: parts = [DenseLayer(inputWidth, units), LayerNormalisationLayer(units)]
        }
        if normalisation != .none, activation != .identity {
            parts.append(ActivationLayer(units, activation))
        }
        if dropout > 0 { parts.append(DropoutLayer(units, rate: dropout)) }
        return parts
    }
}
