// SPDX-License-Identifier: Apache-2.0

/// The layers of a network that reads sequences: stacked LSTM or GRU, a pooling over the steps, and
/// dense layers over what was pooled and what is known once for each row.
public struct SequenceNetwork: Codable, Hashable, Sendable {
    /// The kind of the recurrent cells.
    public var cell: RecurrentCell

    /// The units of a recurrent layer in one direction, at least 1.
    public var hiddenCount: Int

    /// The recurrent layers, at least 1.
    public var layerCount: Int

    /// Whether every layer also reads from the newest step to the oldest.
    public var isBidirectional: Bool

    /// What of the outputs stands for a row; `nil` for an output at every step.
    public var pooling: SequencePooling?

    /// The units of the dense layers between the pooling and the output.
    public var denseCounts: [Int]

    /// The function of those layers.
    public var denseActivation: Activation

    /// The share of the numbers between two recurrent layers, and in front of every dense one, that
    /// a training step leaves out, in 0..<1.
    public var dropout: Double

    /// The share of the units whose output does not reach the next step, for all steps of a sequence
    /// alike, in 0..<1.
    public var recurrentDropout: Double

    /// What is added to the first offsets of an LSTM's forget gates, so that it remembers at first.
    ///
    /// R. Jozefowicz, W. Zaremba and I. Sutskever, "An empirical exploration of recurrent network
    /// architectures", ICML 2015.
    public var forgetOffset: Double

    /// The number of steps over which derivatives pass at most: they stop at every multiple of it;
    /// `nil` lets them pass everywhere.
    public var truncation: Int?

    /// A network; its values are checked by the recipe that holds it.
    public init(
        _ cell: RecurrentCell = .lstm, hiddenCount: Int = 32, layerCount: Int = 1,
        isBidirectional: Bool = false, pooling: SequencePooling? = .last,
        denseCounts: [Int] = [], denseActivation: Activation = .relu, dropout: Double = 0,
        recurrentDropout: Double = 0, forgetOffset: Double = 1, truncation: Int? = nil
    ) {
        self.cell = cell
        self.hiddenCount = hiddenCount
        self.layerCount = layerCount
        self.isBidirectional = isBidirectional
        self.pooling = pooling
        self.denseCounts = denseCounts
        self.denseActivation = denseActivation
        self.dropout = dropout
        self.recurrentDropout = recurrentDropout
        self.forgetOffset = forgetOffset
        self.truncation = truncation
    }

    /// More parameters than any machine could train, so that a forged recipe reserves no memory.
    static let widthLimit = 1 << 14
    static let layerLimit = 64

    func validate() throws(ModelError) {
        func require(_ holds: Bool, _ message: String) throws(ModelError) {
            guard holds else { throw ModelError(.invalidRecipe, message) }
        }
        for count in denseCounts + [hiddenCount] {
            try require(
                (1...Self.widthLimit).contains(count),
                "a layer of \(count) units, not of 1 to \(Self.widthLimit)")
        }
        try require(
            (1...Self.layerLimit).contains(layerCount) && denseCounts.count <= Self.layerLimit,
            "\(layerCount) recurrent and \(denseCounts.count) dense layers, not up to "
                + "\(Self.layerLimit)")
        for rate in [dropout, recurrentDropout] {
            try require(rate >= 0 && rate < 1, "a dropout of \(rate), not in 0..<1")
        }
        try require(forgetOffset.isFinite, "the forget offset is \(forgetOffset)")
        try require(truncation ?? 1 >= 1, "derivatives over \(truncation ?? 1) steps")
    }

    /// The network for inputs of these widths.
    ///
    /// - Parameter output: `nil` for the branch of a fusion, up to what stands for a sequence.
    func plan(stepCount: Int, staticCount: Int = 0, output: NetworkHead?) -> SequencePlan {
        let shape = RecurrentShape(
            cell: cell, inputCount: stepCount, hiddenCount: hiddenCount, layerCount: layerCount,
            isBidirectional: isBidirectional)
        var layers: [any NetworkLayer] = []
        var width = shape.outputCount + staticCount
        for count in denseCounts {
            if dropout > 0 { layers.append(DropoutLayer(width, rate: dropout)) }
            layers.append(DenseLayer(width, count, denseActivation))
            width = count
        }
        if dropout > 0 { layers.append(DropoutLayer(width, rate: dropout)) }
        if let output {
            layers.append(DenseLayer(width, output.width))
        } else if layers.isEmpty {
            layers.append(ActivationLayer(width, .identity))
        }
        return SequencePlan(
            shape: shape, pooling: pooling, staticCount: staticCount, head: LayerStack(layers),
            // The loss of a branch is the fusion's.
            output: output ?? .squared, truncation: truncation,
            betweenLayers: layerCount > 1 ? dropout : 0, recurrentDropout: recurrentDropout,
            forgetOffset: forgetOffset)
    }
}
