// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The hidden part that a classifier and a regressor share.
struct PerceptronDesign: Codable, Hashable, Sendable {
    var hiddenLayers: [HiddenLayer]
    var embeddings: [CategoryEmbedding]

    func validate() throws(ModelError) {
        for layer in hiddenLayers { try layer.validate() }
        guard Set(embeddings.map(\.feature)).count == embeddings.count else {
            throw ModelError(.invalidRecipe, "a feature is embedded twice in \(embeddings)")
        }
        if let wrong = embeddings.first(where: { !(1...65_536).contains($0.width) }) {
            throw ModelError(
                .invalidRecipe,
                "vectors of \(wrong.width) numbers for '\(wrong.feature)', not of 1...65536")
        }
    }
}

/// What a perceptron takes: its features, and the categories of those that are embedded.
struct PerceptronLayout: Equatable, Sendable {
    let design: PerceptronDesign
    let featureNames: [String]

    /// The categories of each embedding, ascending.
    let levels: [[Double]]
    let outputWidth: Int

    /// The layout for rows of positive weight.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe` for an embedding of no feature.
    init(
        _ design: PerceptronDesign, features: Matrix<Double>, names: [String], rows: [Int],
        outputWidth: Int
    ) throws(ModelError) {
        var levels: [[Double]] = []
        for embedding in design.embeddings {
            guard let column = names.firstIndex(of: embedding.feature) else {
                throw ModelError(
                    .invalidRecipe, "no feature is named '\(embedding.feature)' in \(names)")
            }
            let values = features.column(column).elements
            // Adding 0 makes both zeros one category.
            levels.append(Set(rows.map { values[$0] + 0 }).sorted())
        }
        self.init(design: design, featureNames: names, levels: levels, outputWidth: outputWidth)
    }

    init(
        design: PerceptronDesign, featureNames: [String], levels: [[Double]], outputWidth: Int
    ) {
        self.design = design
        self.featureNames = featureNames
        self.levels = levels
        self.outputWidth = outputWidth
    }

    /// The embedding of every feature.
    private var embeddingOfFeature: [Int?] {
        featureNames.map { name in design.embeddings.firstIndex { $0.feature == name } }
    }

    /// The layers up to the outputs.
    var stack: LayerStack {
        var layers: [any NetworkLayer] = []
        if !design.embeddings.isEmpty {
            layers.append(
                EmbeddingLayer(
                    embeddingOfFeature.map { embedding in
                        embedding.map { (levels[$0].count, design.embeddings[$0].width) }
                    }))
        }
        for hidden in design.hiddenLayers {
            layers += hidden.parts(after: layers.last?.outputWidth ?? featureNames.count)
        }
        layers.append(
            DenseLayer(layers.last?.outputWidth ?? featureNames.count, outputWidth))
        return LayerStack(layers)
    }

    /// The inputs of `rows`, embedded features as positions of their categories.
    func inputs<Scalar: NetworkScalar>(
        _ features: Matrix<Double>, rows: [Int]? = nil, as type: Scalar.Type = Scalar.self
    ) -> [Scalar] {
        var values = (rows.map { features.gatheringRows($0) } ?? features).elements
        let width = featureNames.count
        for (column, embedding) in embeddingOfFeature.enumerated() {
            guard let embedding else { continue }
            let positions = Dictionary(
                uniqueKeysWithValues: zip(levels[embedding], 0..<levels[embedding].count))
            for index in stride(from: column, to: values.count, by: width) {
                values[index] = positions[values[index]].map { Double($0) } ?? -1
            }
        }
        return Vector<Scalar>(Vector(values)).elements
    }

    /// The outputs (rows x outputs) in double precision; those of a row depend on it alone, to the
    /// last bit, on every machine.
    func outputs(
        _ features: Matrix<Double>, parameters: [Float], state: [Float]
    ) -> [Double] {
        let stack = stack
        let block = min(256, max(features.rowCount, 1))
        let workspace: LayerWorkspace<Double> = stack.workspace(rows: block)
        let inputs = inputs(features, as: Double.self)
        let parameters = ScalarBuffer(parameters.map { Double($0) })
        let state = ScalarBuffer(state.map { Double($0) })
        var outputs: [Double] = []
        outputs.reserveCapacity(features.rowCount * outputWidth)
        inputs.withUnsafeBufferPointer { inputs in
            guard let base = inputs.baseAddress else { return }
            for start in stride(from: 0, to: features.rowCount, by: block) {
                let count = min(block, features.rowCount - start)
                let result = stack.forward(
                    base + start * stack.inputWidth, rows: count, parameters: parameters.base,
                    state: state.base, workspace: workspace, random: nil)
                outputs.append(
                    contentsOf: UnsafeBufferPointer(start: result, count: count * outputWidth))
            }
        }
        return outputs
    }
}
