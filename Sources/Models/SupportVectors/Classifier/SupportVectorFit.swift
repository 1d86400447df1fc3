// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// The fit of a ``SupportVectorClassifier`` to checked rows.
struct SupportVectorFit {
    private let recipe: SupportVectorClassifier
    private let data: ClassificationData
    private let source: KernelSource
    /// The weights of the rows times those of their classes.
    private let weights: [Double]
    /// The classes that have rows, ascending.
    private let present: [Int]

    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidValue` or `wrongWidth`.
    init(_ recipe: SupportVectorClassifier, _ data: ClassificationData) throws(ModelError) {
        try data.requireComplete()
        self.recipe = recipe
        self.data = data
        let sums = data.classWeights
        let factors = try recipe.classWeighting.factors(sums)
        weights = zip(data.labels.codes, data.weights).map { factors[$0] * $1 }
        present = sums.indices.filter { sums[$0] > 0 }
        source = KernelSource(
            matrix: data.features,
            kernel: recipe.kernel.resolved(data.features, weights: data.weights))
        try source.checkRange(
            weights.indices.filter { weights[$0] > 0 }, names: data.featureNames)
    }

    /// One machine of two classes over training rows.
    private struct Machine {
        var rows: [Int]
        var coefficients: [Double]
        var intercept: Double
        var objective: Double
        var calibration = DecisionCalibration.logistic
    }

    /// - Throws: ``ModelError``; see ``SupportVectorClassifier/fit(_:progress:)``.
    func model(_ observer: FitObserver?) throws(ModelError) -> SupportVectorModel {
        let pairs = ClassPair.all(of: present)
        var progress = DualProgress(
            "support vector classifier", observer: observer,
            problems: pairs.count * (1 + (recipe.probabilities.foldCount ?? 0)),
            iterationLimit: recipe.solver.iterationLimit)
        var machines: [Machine] = []
        for pair in pairs { machines.append(try machine(of: pair, &progress)) }
        var isSupport = [Bool](repeating: false, count: weights.count)
        for machine in machines { for row in machine.rows { isSupport[row] = true } }
        let support = isSupport.indices.filter { isSupport[$0] }
        var positions = [Int](repeating: 0, count: weights.count)
        for (position, row) in support.enumerated() { positions[row] = position }
        var coefficients = Matrix<Double>.zeros(machines.count, support.count)
        for (index, machine) in machines.enumerated() {
            for (row, coefficient) in zip(machine.rows, machine.coefficients) {
                coefficients[index, positions[row]] = coefficient
            }
        }
        return SupportVectorModel(
            recipe: recipe, classes: data.labels.classes, featureNames: data.featureNames,
            fittedClasses: present, supportRows: support,
            supportClasses: support.map { data.labels.codes[$0] },
            expansion: KernelExpansion(
                source, rows: support, coefficients: coefficients,
                intercepts: machines.map(\.intercept)),
            objectives: machines.map(\.objective), calibrations: machines.map(\.calibration))
    }

    /// The machine whose positive values speak for the second class of a pair.
    private func machine(
        of pair: ClassPair, _ progress: inout DualProgress
    ) throws(ModelError) -> Machine {
        let codes = data.labels.codes
        let rows = codes.indices.filter {
            (codes[$0] == pair.first || codes[$0] == pair.second) && weights[$0] > 0
        }
        // The sign within the problem goes by the rows, so that names do not change the result.
        let positive = codes[rows[0]]
        let isPositive = rows.map { codes[$0] == positive }
        var machine = try solve(rows, isPositive, &progress)
        if let foldCount = recipe.probabilities.foldCount {
            let folds = try heldOutFolds(isPositive, foldCount: foldCount, seed: recipe.seed)
            var values = [Double](repeating: 0, count: rows.count)
            for fold in 0..<foldCount {
                let kept = rows.indices.filter { folds[$0] != fold }
                let left = rows.indices.filter { folds[$0] == fold }
                let part = try solve(
                    kept.map { rows[$0] }, kept.map { isPositive[$0] }, &progress)
                let expansion = KernelExpansion(
                    source, rows: part.rows,
                    coefficients: .row(part.coefficients), intercepts: [part.intercept])
                let found = expansion.values(
                    data.features.gatheringRows(left.map { rows[$0] }))
                for (position, row) in left.enumerated() { values[row] = found[position, 0] }
            }
            machine.calibration = try DecisionCalibration(
                recipe.probabilities, values: values, labels: isPositive,
                weights: rows.map { data.weights[$0] })
        }
        guard positive == pair.first else { return machine }
        machine.coefficients = machine.coefficients.map { -$0 }
        machine.intercept = -machine.intercept
        machine.calibration = machine.calibration.mirrored
        return machine
    }

    private func solve(
        _ rows: [Int], _ isPositive: [Bool], _ progress: inout DualProgress
    ) throws(ModelError) -> Machine {
        var problem: DualProblem
        switch recipe.formulation {
        case .c(let c):
            problem = .classification(
                rows: rows, isPositive: isPositive, limits: rows.map { c * weights[$0] })
        case .nu(let nu):
            let positive = rows.indices.filter { isPositive[$0] }.map { rows[$0] }
            let negative = rows.indices.filter { !isPositive[$0] }.map { rows[$0] }
            try checkShare(nu, positive, negative)
            problem = .shareClassification(
                positive: positive, negative: negative, weights: weights, nu: nu)
        }
        let solution = try SequentialMinimalOptimisation(problem, source, recipe.solver.dual)
            .minimise(&progress)
        var values = solution.values
        var intercept = -solution.levels[0]
        if case .nu = recipe.formulation {
            // The margin is 1 only after this division.
            let margin = (solution.levels[0] - solution.levels[1]) / 2
            guard margin > 0 else {
                throw ModelError(
                    .invalidRecipe, "with this share nu the margin between the classes is 0")
            }
            intercept = -(solution.levels[0] + solution.levels[1]) / 2 / margin
            values = values.map { $0 / margin }
        }
        let support = values.indices.filter { values[$0] != 0 }
        return Machine(
            rows: support.map { problem.rows[$0] }, coefficients: support.map { values[$0] },
            intercept: intercept, objective: solution.objective)
    }

    private func checkShare(
        _ nu: Double, _ positive: [Int], _ negative: [Int]
    ) throws(ModelError) {
        let sums = [positive, negative].map { rows in rows.reduce(0) { $0 + weights[$1] } }
        let limit = 2 * min(sums[0], sums[1]) / (sums[0] + sums[1])
        guard nu <= limit else {
            throw ModelError(
                .invalidRecipe,
                "nu is \(nu); class weights of \(sums[0]) and \(sums[1]) allow at most \(limit)")
        }
    }
}

/// Two classes with a machine of their own; positive values speak for the second.
struct ClassPair: Equatable {
    var first: Int
    var second: Int

    /// The pairs of ascending classes: the first with all later ones, then the second, and so on.
    static func all(of classes: [Int]) -> [ClassPair] {
        classes.indices.flatMap { first in
            classes[(first + 1)...].map { ClassPair(first: classes[first], second: $0) }
        }
    }
}
