// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// Layers one after the other, with their parameters in one flat buffer.
package struct LayerStack: Sendable {
    package let layers: [any NetworkLayer]

    /// Where the parameters, and the state, of every layer begin.
    private let parameterStarts: [Int]
    private let stateStarts: [Int]

    /// - Precondition: there is a layer, and every layer takes what the one before it gives.
    package init(_ layers: [any NetworkLayer]) {
        precondition(!layers.isEmpty, "a stack without layers")
        for (index, pair) in zip(layers, layers.dropFirst()).enumerated() {
            precondition(
                pair.0.outputWidth == pair.1.inputWidth,
                "layer \(index) gives \(pair.0.outputWidth) columns, "
                    + "layer \(index + 1) takes \(pair.1.inputWidth)")
        }
        self.layers = layers
        var parameters = 0
        var state = 0
        var starts: [(Int, Int)] = []
        for layer in layers {
            starts.append((parameters, state))
            parameters += layer.parameterCount
            state += layer.stateCount
        }
        parameterStarts = starts.map { $0.0 }
        stateStarts = starts.map { $0.1 }
        parameterCount = parameters
        stateCount = state
    }

    package let parameterCount: Int
    package let stateCount: Int

    package var inputWidth: Int { layers[0].inputWidth }
    package var outputWidth: Int { layers[layers.count - 1].outputWidth }

    /// The blocks of all layers, named `0.weights` and so on.
    package var blocks: [ParameterBlock] {
        layers.enumerated().flatMap { index, layer in
            layer.blocks.map {
                ParameterBlock(
                    "\(index).\($0.name)", rows: $0.rows, columns: $0.columns,
                    isDecayed: $0.isDecayed)
            }
        }
    }

    /// The first parameters and state; every layer draws from a stream of its own.
    package func initialise<Scalar: NetworkScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        random: RandomStream
    ) {
        for (index, layer) in layers.enumerated() {
            var stream = random.child("layer", index)
            layer.initialise(
                parameters + parameterStarts[index], state: state + stateStarts[index],
                using: &stream)
        }
    }

    /// Memory for passes of at most `rows` rows.
    package func workspace<Scalar: NetworkScalar>(
        rows: Int, of type: Scalar.Type = Scalar.self
    ) -> LayerWorkspace<Scalar> {
        LayerWorkspace(self, rows: rows)
    }

    /// The outputs (rows x outputs), which lie in the workspace until its next pass.
    ///
    /// - Parameter random: in training the source of random numbers, otherwise `nil`.
    /// - Precondition: the workspace is of this stack and has room for the rows.
    package func forward<Scalar: NetworkScalar>(
        _ input: UnsafePointer<Scalar>, rows: Int, parameters: UnsafePointer<Scalar>,
        state: UnsafeMutablePointer<Scalar>, workspace: LayerWorkspace<Scalar>,
        random: UnsafeMutablePointer<RandomStream>?
    ) -> UnsafeMutablePointer<Scalar> {
        precondition(
            rows <= workspace.rowLimit, "\(rows) rows in a workspace of \(workspace.rowLimit)")
        var input = input
        for (index, layer) in layers.enumerated() {
            let output = workspace.output(index)
            layer.forward(
                ForwardPass(
                    rows: rows, input: input, output: output,
                    parameters: parameters + parameterStarts[index],
                    state: state + stateStarts[index], cache: workspace.cache(index),
                    random: random))
            input = UnsafePointer(output)
        }
        return workspace.output(layers.count - 1)
    }

    /// The outputs of one row, for parameters and state that begin with those of this stack.
    func outputs(
        of row: [Float], parameters: ArraySlice<Float>, state: ArraySlice<Float>
    ) -> [Float] {
        let workspace = workspace(rows: 1, of: Float.self)
        let state = ScalarBuffer(Array(state.prefix(stateCount)))
        return parameters.withUnsafeBufferPointer { parameters in
            guard let base = parameters.baseAddress else { return [] }
            let values = forward(
                row, rows: 1, parameters: base, state: state.base, workspace: workspace,
                random: nil)
            return Array(UnsafeBufferPointer(start: values, count: outputWidth))
        }
    }

    /// Adds to the gradient of the parameters, after the forward pass of the same rows.
    ///
    /// - Parameters:
    ///   - outputGradient: (rows x outputs); it is overwritten.
    ///   - inputGradient: takes the gradient by the input (rows x inputs) where it is wanted.
    ///   - gradient: of the parameters.
    package func backward<Scalar: NetworkScalar>(
        _ input: UnsafePointer<Scalar>, rows: Int, parameters: UnsafePointer<Scalar>,
        workspace: LayerWorkspace<Scalar>, outputGradient: UnsafeMutablePointer<Scalar>,
        inputGradient: UnsafeMutablePointer<Scalar>? = nil,
        gradient: UnsafeMutablePointer<Scalar>
    ) {
        var delta = outputGradient
        for index in layers.indices.reversed() {
            let next = index == 0 ? inputGradient : workspace.gradient(index - 1)
            layers[index].backward(
                BackwardPass(
                    rows: rows,
                    input: index == 0 ? input : UnsafePointer(workspace.output(index - 1)),
                    output: UnsafePointer(workspace.output(index)),
                    parameters: parameters + parameterStarts[index],
                    cache: workspace.cache(index), outputGradient: delta, inputGradient: next,
                    gradient: gradient + parameterStarts[index]))
            if let next { delta = next }
        }
    }
}

/// The outputs, their gradients and the caches of the layers of one stack.
package final class LayerWorkspace<Scalar: NetworkScalar> {
    package let rowLimit: Int
    private let buffer: ScalarBuffer<Scalar>
    private var outputStarts: [Int] = []
    private var gradientStarts: [Int] = []
    private var cacheStarts: [Int] = []

    fileprivate init(_ stack: LayerStack, rows: Int) {
        rowLimit = rows
        // Whole cache lines, so that what one layer writes lies apart from the next.
        var count = 0
        func place(_ part: Int) -> Int {
            defer { count += (part + 15) / 16 * 16 }
            return count
        }
        for layer in stack.layers {
            outputStarts.append(place(rows * layer.outputWidth))
            gradientStarts.append(place(rows * layer.outputWidth))
            cacheStarts.append(place(layer.cacheCount(rows: rows)))
        }
        buffer = ScalarBuffer(count)
    }

    func output(_ layer: Int) -> UnsafeMutablePointer<Scalar> {
        buffer.base + outputStarts[layer]
    }

    /// The gradient by the output of a layer.
    package func gradient(_ layer: Int) -> UnsafeMutablePointer<Scalar> {
        buffer.base + gradientStarts[layer]
    }

    func cache(_ layer: Int) -> UnsafeMutablePointer<Scalar> { buffer.base + cacheStarts[layer] }

    /// Where a head writes the gradient of the last layer's outputs.
    package var outputGradient: UnsafeMutablePointer<Scalar> {
        gradient(gradientStarts.count - 1)
    }
}
