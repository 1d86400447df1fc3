// SPDX-License-Identifier: Apache-2.0

extension MultilayerPerceptronModel {
    /// The model in the format of ONNX, in double precision.
    ///
    /// The input is `features`, (rows x features) in the order of ``featureNames``; the outputs
    /// are `probabilities` (rows x classes) and `label` (rows), the first of the most probable
    /// classes. The metadata hold the names of the features, one a line, and the
    /// ``ModelFileContent/digest`` of this model. Runtimes sum in an order of their own, so
    /// probabilities agree to about 1e-14; for ``Activation/gelu``, whose error function runtimes
    /// have in single precision only, to 1e-6.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "multilayer-perceptron") -> [UInt8] {
        var graph = ONNXGraph(name: name)
        let features = graph.input("features", .double, columns: featureNames.count)
        let scores = graph.perceptron(
            features, layout, parameters: parameters.map { Double($0) },
            state: state.map { Double($0) })
        graph.classify(
            classes.count == 2
                ? graph.binaryProbabilities(scores)
                : graph.node("Softmax", [scores], [("axis", .int(1))]), classes)
        return graph.bytes(metadata: metadata(featureNames, of: self))
    }
}

extension MultilayerPerceptronRegressorModel {
    /// The model in the format of ONNX, in double precision.
    ///
    /// The input is `features`, (rows x features) in the order of ``featureNames``; the output is
    /// `predictions` (rows x 1). See ``MultilayerPerceptronModel/onnx(name:)``.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "multilayer-perceptron") -> [UInt8] {
        var graph = ONNXGraph(name: name)
        let features = graph.input("features", .double, columns: featureNames.count)
        var value = graph.perceptron(
            features, layout, parameters: parameters.map { Double($0) },
            state: state.map { Double($0) })
        if recipe.loss == .poisson { value = graph.node("Exp", [value]) }
        let scaled = graph.node("Mul", [value, graph.constant([scale.deviation], [1, 1])])
        graph.output(
            "predictions", graph.node("Add", [scaled, graph.constant([scale.mean], [1, 1])]),
            .double, columns: 1)
        return graph.bytes(metadata: metadata(featureNames, of: self))
    }
}

extension ONNXGraph {
    /// The outputs of a network (rows x outputs).
    fileprivate mutating func perceptron(
        _ features: String, _ layout: PerceptronLayout, parameters: [Double], state: [Double]
    ) -> String {
        var (parameters, state) = (parameters[...], state[...])
        func take(_ count: Int, from numbers: inout ArraySlice<Double>) -> [Double] {
            defer { numbers = numbers.dropFirst(count) }
            return Array(numbers.prefix(count))
        }
        var value = features
        for layer in layout.stack.layers {
            let width = layer.outputWidth
            switch layer {
            case is EmbeddingLayer:
                let tables = layer.blocks.map { take($0.count, from: &parameters) }
                value = embedded(value, layout, tables)
            case let dense as DenseLayer:
                let weights = take(dense.inputWidth * width, from: &parameters)
                value = linear(
                    value, weights, rows: dense.inputWidth, columns: width,
                    take(width, from: &parameters))
                value = activated(value, dense.activation)
            case let activation as ActivationLayer:
                value = activated(value, activation.activation)
            case is BatchNormalisationLayer:
                let scales = take(width, from: &parameters)
                let offsets = take(width, from: &parameters)
                let means = take(width, from: &state)
                let factors = zip(scales, take(width, from: &state)).map {
                    $0 / ($1 + BatchNormalisationLayer.epsilon).squareRoot()
                }
                let centred = node("Sub", [value, constant(means, [1, width])])
                value = scaled(centred, factors, offsets)
            case is LayerNormalisationLayer:
                let centred = node("Sub", [value, mean(of: value)])
                let variance = mean(of: node("Mul", [centred, centred]))
                let raised = node(
                    "Add", [variance, constant([LayerNormalisationLayer.epsilon], [1, 1])])
                let normal = node("Div", [centred, node("Sqrt", [raised])])
                value = scaled(
                    normal, take(width, from: &parameters), take(width, from: &parameters))
            default: break
            }
        }
        return value
    }

    private mutating func scaled(
        _ value: String, _ factors: [Double], _ offsets: [Double]
    ) -> String {
        let product = node("Mul", [value, constant(factors, [1, factors.count])])
        return node("Add", [product, constant(offsets, [1, offsets.count])])
    }

    private mutating func mean(of value: String) -> String {
        node("ReduceMean", [value], [("axes", .ints([1])), ("keepdims", .int(1))])
    }

    private mutating func activated(_ value: String, _ activation: Activation) -> String {
        switch activation {
        case .identity: return value
        case .relu: return node("Relu", [value])
        case .tanh: return node("Tanh", [value])
        case .sigmoid: return node("Sigmoid", [value])
        case .gelu:
            let root = node("Mul", [value, constant([(0.5 as Double).squareRoot()], [1, 1])])
            let single = node("Erf", [node("Cast", [root], [("to", .int(1))])])
            let function = node("Cast", [single], [("to", .int(Element.double.rawValue))])
            let share = node("Add", [function, constant([1.0], [1, 1])])
            let half = node("Mul", [share, constant([0.5], [1, 1])])
            return node("Mul", [value, half])
        }
    }

    /// Every embedded column as comparisons with its categories, times the table.
    private mutating func embedded(
        _ features: String, _ layout: PerceptronLayout, _ tables: [[Double]]
    ) -> String {
        var parts: [String] = []
        var table = tables.makeIterator()
        for (column, name) in layout.featureNames.enumerated() {
            let value = node(
                "Gather", [features, constant([column], [1])], [("axis", .int(1))])
            guard
                let embedding = layout.design.embeddings.firstIndex(where: { $0.feature == name }),
                let vectors = table.next()
            else {
                parts.append(value)
                continue
            }
            let levels = layout.levels[embedding]
            let width = layout.design.embeddings[embedding].width
            let isLevel = node("Equal", [value, constant(levels, [1, levels.count])])
            let indicators = node(
                "Cast", [isLevel], [("to", .int(Element.double.rawValue))])
            parts.append(node("MatMul", [indicators, constant(vectors, [levels.count, width])]))
        }
        return node("Concat", parts, [("axis", .int(1))])
    }
}
