// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Writes the layers of a network that reads sequences.
struct SequenceGraphWriter {
    let core: SequenceModelCore
    var graph: ONNXGraph

    private enum Precision: Int {
        case single = 1
        case int32 = 6
        case int64 = 7
        case double = 11
    }

    private mutating func cast(_ value: String, to precision: Precision) -> String {
        graph.node("Cast", [value], [("to", .int(precision.rawValue))])
    }

    /// Parameters in single precision.
    private mutating func floats(_ values: [Float], _ dimensions: [Int]) -> String {
        cast(graph.constant(values.map { Double($0) }, dimensions), to: .single)
    }

    /// The inputs without means and spreads, in single precision.
    private mutating func scaled(
        _ input: String, _ scaling: ColumnScaling
    ) -> String {
        let (means, scales) = (scaling.means, scaling.scales)
        let centred = graph.node("Sub", [input, graph.constant(means, [means.count])])
        let scaled = graph.node("Div", [centred, graph.constant(scales, [scales.count])])
        return cast(scaled, to: .single)
    }

    /// The outputs before their link function, (rows x outputs) or (steps x rows x outputs), in double
    /// precision.
    mutating func network() -> String {
        let plan = core.plan
        let input = graph.sequenceInput("sequences", columns: core.layout.stepNames.count)
        let lengths = graph.input("lengths", .int64, columns: 1)
        var values = scaled(input, core.layout.steps)
        let flat = graph.node("Reshape", [lengths, graph.constant([-1], [1])])
        let counts = cast(flat, to: .int32)
        var last = ""
        for layer in 0..<plan.shape.layerCount {
            let outputs = graph.recurrent(
                plan.shape.cell == .lstm ? "LSTM" : "GRU",
                [values] + weights(plan.shape, layer) + [counts],
                hidden: plan.shape.hiddenCount, isBidirectional: plan.shape.isBidirectional)
            let byRow = graph.node(
                "Transpose", [outputs.all], [("perm", .ints([0, 2, 1, 3]))])
            values = graph.node("Reshape", [byRow, graph.constant([0, 0, -1], [3])])
            let lastByRow = graph.node(
                "Transpose", [outputs.last], [("perm", .ints([1, 0, 2]))])
            last = graph.node("Reshape", [lastByRow, graph.constant([0, -1], [2])])
        }
        var pooled =
            switch plan.pooling {
            case nil: values
            case .last: last
            case .mean: mean(values, lengths, plan, hasAttention: false)
            case .attention: mean(values, lengths, plan, hasAttention: true)
            }
        if !core.layout.staticNames.isEmpty {
            let statics = graph.input("statics", .double, columns: core.layout.staticNames.count)
            var joined = scaled(statics, core.layout.statics)
            if plan.pooling == nil { joined = atEveryStep(joined, of: values) }
            pooled = graph.node(
                "Concat", [pooled, joined], [("axis", .int(plan.pooling == nil ? 2 : 1))])
        }
        return cast(dense(pooled, plan), to: .double)
    }

    /// Numbers of every row (rows x columns), at every step of `values`.
    private mutating func atEveryStep(_ rows: String, of values: String) -> String {
        let steps = graph.node(
            "Gather", [graph.node("Shape", [values]), graph.constant([0], [1])])
        let shape = graph.node(
            "Concat", [steps, graph.node("Shape", [rows])], [("axis", .int(0))])
        return graph.node("Expand", [rows, shape])
    }

    /// Weights, weights of the output before, and offsets, in ONNX's order of gates.
    private mutating func weights(_ shape: RecurrentShape, _ layer: Int) -> [String] {
        let (hidden, directions) = (shape.hiddenCount, shape.directionCount)
        let blocks = shape.blocks[layer * directions..<(layer + 1) * directions]
        let columns = shape.columnCount
        // i, o, f, c of an LSTM; z, r, n of a GRU, whose columns here are n, r, z and r, z, n.
        let isLSTM = shape.cell == .lstm
        let inputOrder = isLSTM ? [0, 3, 1, 2] : [2, 1, 0]
        let outputOrder = isLSTM ? [0, 3, 1, 2] : [1, 0, 2]
        let inputOffsets = isLSTM ? [0, 3, 1, 2] : [2, 1, 0]
        var (kernel, recurrent, offsets): ([Float], [Float], [Float]) = ([], [], [])
        for block in blocks {
            func rows(_ start: Int, _ count: Int, _ order: [Int]) -> [Float] {
                order.flatMap { gate in
                    (0..<hidden).flatMap { unit in
                        (0..<count).map {
                            core.parameters[start + $0 * columns + gate * hidden + unit]
                        }
                    }
                }
            }
            func offset(_ gate: Int) -> ArraySlice<Float> {
                let start = block.bias.lowerBound + gate * hidden
                return core.parameters[start..<start + hidden]
            }
            kernel += rows(block.kernel.lowerBound, block.inputCount, inputOrder)
            recurrent += rows(block.recurrent.lowerBound, hidden, outputOrder)
            for gate in inputOffsets { offsets += offset(gate) }
            // The constants of the products with the output before: only a GRU's n has its own.
            offsets += [Float](repeating: 0, count: (isLSTM ? 4 : 2) * hidden)
            if !isLSTM { offsets += offset(3) }
        }
        let inputs = shape.blocks[layer * directions].inputCount
        return [
            floats(kernel, [directions, columns, inputs]),
            floats(recurrent, [directions, columns, hidden]),
            floats(offsets, [directions, 2 * columns]),
        ]
    }

    /// The mean over the steps of every row, or the mean weighted by attention.
    private mutating func mean(
        _ values: String, _ lengths: String, _ plan: SequencePlan, hasAttention: Bool
    ) -> String {
        let shape = graph.node("Shape", [values])
        let stepCount = graph.node("Gather", [shape, graph.constant([0], [])])
        let steps = graph.node(
            "Range", [graph.constant([0], []), stepCount, graph.constant([1], [])])
        let byStep = graph.node("Reshape", [steps, graph.constant([-1, 1, 1], [3])])
        let byRow = graph.node("Reshape", [lengths, graph.constant([1, -1, 1], [3])])
        let isReal = graph.node("Less", [byStep, byRow])
        let shares: String
        if hasAttention {
            let query = Array(core.parameters[plan.attention])
            let scores = graph.node("MatMul", [values, floats(query, [query.count, 1])])
            let masked = graph.node("Where", [isReal, scores, floats([-1e30], [1])])
            shares = graph.node("Softmax", [masked], [("axis", .int(0))])
        } else {
            shares = graph.node(
                "Div", [cast(isReal, to: .single), cast(byRow, to: .single)])
        }
        let weighted = graph.node("Mul", [values, shares])
        return graph.node(
            "ReduceSum", [weighted, graph.constant([0], [1])], [("keepdims", .int(0))])
    }

    private mutating func dense(_ input: String, _ plan: SequencePlan) -> String {
        var (values, start) = (input, plan.attention.upperBound)
        for case let layer as DenseLayer in plan.head.layers {
            let count = layer.inputWidth * layer.outputWidth
            let weights = floats(
                Array(core.parameters[start..<start + count]),
                [layer.inputWidth, layer.outputWidth])
            let offsets = floats(
                Array(core.parameters[start + count..<start + count + layer.outputWidth]),
                [1, layer.outputWidth])
            start += layer.parameterCount
            values = graph.node("Add", [graph.node("MatMul", [values, weights]), offsets])
            switch layer.activation {
            case .identity: break
            case .relu: values = graph.node("Relu", [values])
            case .tanh: values = graph.node("Tanh", [values])
            case .sigmoid: values = graph.node("Sigmoid", [values])
            case .gelu:
                let scaled = graph.node("Mul", [values, floats([Float(0.5).squareRoot()], [1])])
                let error = graph.node(
                    "Add", [graph.node("Erf", [scaled]), floats([1], [1])])
                let half = graph.node("Mul", [values, floats([0.5], [1])])
                values = graph.node("Mul", [half, error])
            }
        }
        return values
    }
}
