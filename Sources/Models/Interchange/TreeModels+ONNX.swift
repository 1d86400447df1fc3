// SPDX-License-Identifier: Apache-2.0

extension DecisionTreeModel {
    /// The tree in the format of ONNX, in double precision; see ``RandomForestModel/onnx(name:)``.
    public func onnx(name: String = "decision-tree") -> [UInt8] {
        treeGraph(name, self, trees) { graph, output in
            graph.shares(output, classCount: classes.count)
        }
    }
}

extension RandomForestModel {
    /// The forest in the format of ONNX, in double precision.
    ///
    /// The input is `features`, (rows x features) in the order of ``featureNames``, NaN for missing
    /// values where the model takes them and levels of nominal features by their numbers; the
    /// outputs are `probabilities` (rows x classes) and `label` (rows), the first of the most
    /// probable classes. The metadata hold the names of the features, one a line, and the
    /// ``ModelFileContent/digest`` of this model. It needs the operator `TreeEnsemble`, of version
    /// 5 of the operators for machine learning. Runtimes sum in an order of their own, so
    /// probabilities agree to about 1e-15.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "random-forest") -> [UInt8] {
        treeGraph(name, self, trees) { graph, output in
            graph.shares(output, classCount: classes.count)
        }
    }
}

extension GradientBoostingModel {
    /// The boosted trees in the format of ONNX; see ``RandomForestModel/onnx(name:)``.
    public func onnx(name: String = "gradient-boosting") -> [UInt8] {
        treeGraph(name, self, trees) { graph, output in
            classes.count == 2
                ? graph.binaryProbabilities(output)
                : graph.node("Softmax", [output], [("axis", .int(1))])
        }
    }
}

extension DecisionTreeRegressorModel {
    /// The tree in the format of ONNX; see ``RandomForestRegressorModel/onnx(name:)``.
    public func onnx(name: String = "decision-tree") -> [UInt8] {
        treeGraph(name, self, trees) { _, output in output }
    }
}

extension RandomForestRegressorModel {
    /// The forest in the format of ONNX, in double precision.
    ///
    /// The input is `features` as for ``RandomForestModel/onnx(name:)``, the output is
    /// `predictions` (rows x 1).
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "random-forest") -> [UInt8] {
        treeGraph(name, self, trees) { _, output in output }
    }
}

extension GradientBoostingRegressorModel {
    /// The boosted trees in the format of ONNX; see ``RandomForestRegressorModel/onnx(name:)``.
    public func onnx(name: String = "gradient-boosting") -> [UInt8] {
        treeGraph(name, self, trees) { graph, output in
            recipe.loss == .poisson ? graph.node("Exp", [output]) : output
        }
    }
}

extension ONNXGraph {
    /// The shares of the classes from a forest's outputs, of two classes the second one's.
    fileprivate mutating func shares(_ output: String, classCount: Int) -> String {
        guard classCount == 2 else { return output }
        let positive = node(
            "Clip", [output, constant([0.0], []), constant([1.0], [])])
        let negative = node("Sub", [constant([1.0], [1, 1]), positive])
        return node("Concat", [negative, positive], [("axis", .int(1))])
    }
}

private func treeGraph(
    _ name: String, _ model: some ClassifierModel, _ trees: TreeEnsemble,
    _ probabilities: (inout ONNXGraph, String) -> String
) -> [UInt8] {
    var graph = ONNXGraph(name: name)
    let features = graph.input("features", .double, columns: model.featureNames.count)
    let output = graph.scores(trees, features)
    graph.classify(probabilities(&graph, output), model.classes)
    return graph.bytes(metadata: metadata(model.featureNames, of: model))
}

private func treeGraph(
    _ name: String, _ model: some RegressorModel, _ trees: TreeEnsemble,
    _ predictions: (inout ONNXGraph, String) -> String
) -> [UInt8] {
    var graph = ONNXGraph(name: name)
    let features = graph.input("features", .double, columns: model.featureNames.count)
    let output = graph.scores(trees, features)
    graph.output("predictions", predictions(&graph, output), .double, columns: 1)
    return graph.bytes(metadata: metadata(model.featureNames, of: model))
}
