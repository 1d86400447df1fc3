// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Training rows in the form in which a network takes them, and those held out of them.
struct PerceptronFit {
    let layout: PerceptronLayout
    let problem: LayerProblem<Float>

    /// The numbers by which a target was made smaller, see ``TargetMoments``.
    let scale: TargetMoments

    /// Rows to train on, their targets and the weights with which they count.
    struct Rows {
        var features: Matrix<Double>
        var targets: [Double]
        var weights: [Double]
    }

    /// Splits the rows by the seed where training stops early and no validation rows are given.
    ///
    /// - Parameters:
    ///   - layout: of a trainer that has begun; made of the rows where `nil`.
    ///   - scale: likewise.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, or `invalidSplit`.
    init(
        _ rows: Rows, validation given: Rows?, names: [String], design: PerceptronDesign,
        head: NetworkHead, training: NetworkTraining, standardisesTargets: Bool,
        layout known: PerceptronLayout? = nil, scale knownScale: TargetMoments? = nil
    ) throws(ModelError) {
        let split = try HeldOutRows(
            weights: rows.weights, given == nil ? training.earlyStopping : nil,
            seed: training.seed)
        let present = split.training
        let layout: PerceptronLayout
        if let known {
            layout = known
        } else {
            layout = try PerceptronLayout(
                design, features: rows.features, names: names, rows: present,
                outputWidth: head.width)
        }
        self.layout = layout
        let ownScale =
            standardisesTargets
            ? TargetMoments(present.map { (rows.targets[$0], rows.weights[$0]) }) : TargetMoments()
        let scale = knownScale ?? ownScale
        self.scale = scale
        func problemRows(_ rows: Rows, _ indices: [Int]) -> LayerProblem<Float>.Rows {
            LayerProblem<Float>.Rows(
                inputs: layout.inputs(rows.features, rows: indices),
                targets: indices.map { Float((rows.targets[$0] - scale.mean) / scale.deviation) },
                weights: indices.map { Float(rows.weights[$0]) })
        }
        var validation: LayerProblem<Float>.Rows?
        if let given {
            validation = problemRows(given, given.weights.indices.filter { given.weights[$0] > 0 })
        } else if !split.validation.isEmpty {
            validation = problemRows(rows, split.validation)
        }
        problem = LayerProblem(
            layout.stack, head: head, training: problemRows(rows, present),
            validation: validation, batchSize: training.batchSize)
    }
}
