// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension LogisticRegressionModel {
    /// The model in the format of ONNX, in double precision.
    ///
    /// The input is `features`, (rows x features) in the order of ``featureNames``; the outputs are
    /// `probabilities` (rows x 2) and `label` (rows), the first of the most probable classes. The
    /// metadata hold the names of the features, one a line, and the ``ModelFileContent/digest`` of
    /// this model. Runtimes sum in an order of their own, so probabilities agree to about 1e-15.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "logistic-regression") -> [UInt8] {
        var graph = ONNXGraph(name: name)
        let features = graph.input("features", .double, columns: featureNames.count)
        let logOdds = graph.linear(
            features, coefficients, rows: featureNames.count, columns: 1, [intercept])
        graph.classify(graph.binaryProbabilities(logOdds), classes)
        return graph.bytes(metadata: metadata(featureNames, of: self))
    }
}

extension MultinomialRegressionModel {
    /// The model in the format of ONNX, in double precision.
    ///
    /// The input is `features`, (rows x features) in the order of ``featureNames``; the outputs are
    /// `probabilities` (rows x classes) and `label` (rows), the first of the most probable classes.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "multinomial-regression") -> [UInt8] {
        var graph = ONNXGraph(name: name)
        let features = graph.input("features", .double, columns: featureNames.count)
        let scores = graph.linear(
            features, coefficients.transposed.materialized().elements, rows: featureNames.count,
            columns: classes.count, intercepts)
        graph.classify(graph.node("Softmax", [scores], [("axis", .int(1))]), classes)
        return graph.bytes(metadata: metadata(featureNames, of: self))
    }
}

extension OrdinalRegressionModel {
    /// The model in the format of ONNX, in double precision.
    ///
    /// The input is `features`, (rows x features) in the order of ``featureNames``; the outputs are
    /// `probabilities` (rows x classes) and `label` (rows), the first of the most probable classes.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "ordinal-regression") -> [UInt8] {
        var graph = ONNXGraph(name: name)
        let features = graph.input("features", .double, columns: featureNames.count)
        let score = graph.node(
            "MatMul", [features, graph.constant(coefficients, [featureNames.count, 1])])
        let limits = graph.constant(thresholds, [1, thresholds.count])
        let below = graph.node("Sigmoid", [graph.node("Sub", [limits, score])])
        // The shares below each threshold, between 0 and 1, and their differences.
        let zero = graph.node("Mul", [score, graph.constant([0.0], [1, 1])])
        let one = graph.node("Add", [zero, graph.constant([1.0], [1, 1])])
        let upper = graph.node("Concat", [below, one], [("axis", .int(1))])
        let lower = graph.node("Concat", [zero, below], [("axis", .int(1))])
        graph.classify(graph.node("Sub", [upper, lower]), classes)
        return graph.bytes(metadata: metadata(featureNames, of: self))
    }
}
