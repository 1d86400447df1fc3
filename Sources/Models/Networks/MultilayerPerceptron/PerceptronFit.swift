// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// Training rows in the form in which a network takes them, and those held out of them.
struct PerceptronFit {
    let layout: PerceptronLayout
    let problem: LayerProblem<Float>

    /// The numbers by which a target was made smaller, see ``TargetScale``.
    let scale: TargetScale

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
        layout known: PerceptronLayout? = nil, scale knownScale: TargetScale? = nil
    ) throws(ModelError) {
        var present = rows.weights.indices.filter { rows.weights[$0] > 0 }
        var held: [Int] = []
        if let stopping = training.earlyStopping, given == nil {
            let count = Int((stopping.share * Double(present.count)).rounded())
            guard count >= 1, count < present.count else {
                throw ModelError(
                    .invalidSplit,
                    "a share of \(stopping.share) of \(present.count) rows is \(count) rows")
            }
            var stream = RandomStream(seed: training.seed).child("validation")
            let positions = stream.sample(count, below: present.count).sorted()
            held = positions.map { present[$0] }
            let isHeld = Set(held)
            present.removeAll { isHeld.contains($0) }
        }
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
            ? TargetScale(present.map { (rows.targets[$0], rows.weights[$0]) }) : TargetScale()
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
        } else if !held.isEmpty {
            validation = problemRows(rows, held)
        }
        problem = LayerProblem(
            layout.stack, head: head, training: problemRows(rows, present),
            validation: validation, batchSize: training.batchSize)
    }
}

/// The weighted mean and standard deviation of targets, by which a network sees them.
struct TargetScale: Hashable, Sendable {
    var mean = 0.0
    var deviation = 1.0

    init() {}

    init(_ targets: [(value: Double, weight: Double)]) {
        let weight = targets.reduce(0) { $0 + $1.weight }
        let mean = targets.reduce(0) { $0 + $1.weight * $1.value } / weight
        let square = targets.reduce(0) { sum, target in
            sum + target.weight * (target.value - mean) * (target.value - mean)
        }
        self.mean = mean
        let deviation = (square / weight).squareRoot()
        self.deviation = deviation > 0 && deviation.isFinite ? deviation : 1
    }
}

extension TrainingRun {
    /// Trains to the end and reports every epoch.
    ///
    /// - Throws: ``ModelError`` with code `diverged` or `cancelled`.
    mutating func finish(
        _ problem: some NetworkProblem<Scalar>, stage: String? = nil, progress: FitObserver?
    ) throws(ModelError) {
        while !isFinished {
            try advance(problem)
            let last = history[history.count - 1]
            try FitProgress(
                stage: stage, step: last.epoch, stepLimit: training.epochLimit,
                objective: last.validationLoss ?? last.loss
            ).report(to: progress)
        }
    }
}
