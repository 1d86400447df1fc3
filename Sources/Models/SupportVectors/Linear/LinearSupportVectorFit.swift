// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// The fit of a ``LinearSupportVectorClassifier`` to checked rows.
struct LinearSupportVectorFit {
    private let recipe: LinearSupportVectorClassifier
    private let rows: LinearRows
    private let labels: ClassLabels
    private let names: [String]
    private let rowWeights: [Double]
    /// The weights of the rows times those of their classes.
    private let weights: [Double]
    /// The classes that have rows, ascending.
    private let present: [Int]
    /// The rows of positive weight.
    private let kept: [Int]

    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    init(
        _ recipe: LinearSupportVectorClassifier, _ rows: LinearRows, _ labels: ClassLabels,
        _ weights: [Double], _ names: [String]
    ) throws(ModelError) {
        self.recipe = recipe
        self.rows = rows
        self.labels = labels
        self.names = names
        rowWeights = weights
        var sums = [Double](repeating: 0, count: labels.classes.count)
        for (code, weight) in zip(labels.codes, weights) { sums[code] += weight }
        let factors = try recipe.classWeighting.factors(sums)
        self.weights = zip(labels.codes, weights).map { factors[$0] * $1 }
        present = sums.indices.filter { sums[$0] > 0 }
        kept = weights.indices.filter { weights[$0] > 0 }
    }

    /// - Throws: ``ModelError``; see ``LinearSupportVectorClassifier/fit(_:progress:)``.
    func model(_ observer: FitObserver?) throws(ModelError) -> LinearSupportVectorModel {
        let machines = present.count == 2 ? [present[1]] : present
        let folds = recipe.probabilities.foldCount
        var progress = LinearProgress(
            observer, problems: machines.count * (1 + (folds ?? 0)),
            iterationLimit: recipe.iterationLimit)
        var planes: [Plane] = []
        var calibrations: [DecisionCalibration] = []
        for code in machines {
            // The sign within the problem goes by the rows, so that names do not change the result.
            let positive = labels.codes[kept[0]] == code
            let isPositive = kept.map { (labels.codes[$0] == code) == positive }
            var plane = try solve(kept, isPositive, &progress)
            var calibration = DecisionCalibration.logistic
            if let folds {
                calibration = try calibrate(isPositive, foldCount: folds, &progress)
            }
            if !positive {
                plane = plane.mirrored
                calibration = calibration.mirrored
            }
            planes.append(plane)
            calibrations.append(calibration)
        }
        return LinearSupportVectorModel(
            recipe: recipe, classes: labels.classes, featureNames: names, fittedClasses: present,
            coefficients: Matrix(
                rowCount: planes.count, columnCount: names.count,
                elements: planes.flatMap { $0.coefficients.elements }),
            intercepts: planes.map(\.intercept), calibrations: calibrations)
    }

    private struct Plane {
        var coefficients: Vector<Double>
        var intercept: Double

        var mirrored: Plane { Plane(coefficients: -coefficients, intercept: -intercept) }
    }

    private func solve(
        _ indices: [Int], _ isPositive: [Bool], _ progress: inout LinearProgress
    ) throws(ModelError) -> Plane {
        let part = rows.gathering(indices)
        let margins = LinearMargins(
            rows: part, signs: isPositive.map { $0 ? 1 : -1 },
            prices: indices.map { recipe.c * weights[$0] },
            interceptScale: recipe.fitsIntercept ? recipe.interceptScale : 0, loss: recipe.loss)
        let found: Vector<Double>
        if usesNewton(part) {
            found = try margins.newton(
                tolerance: recipe.tolerance, iterationLimit: recipe.iterationLimit, &progress)
        } else {
            found = try margins.coordinateDescent(
                tolerance: recipe.tolerance, iterationLimit: recipe.iterationLimit,
                generator: RandomStream(seed: recipe.seed).child("linear support vectors"),
                &progress)
        }
        guard recipe.fitsIntercept else { return Plane(coefficients: found, intercept: 0) }
        return Plane(
            coefficients: Vector(Array(found.elements.dropLast())),
            intercept: recipe.interceptScale * found[names.count])
    }

    private func usesNewton(_ rows: LinearRows) -> Bool {
        switch recipe.solver {
        case .automatic: recipe.loss == .squaredHinge && rows.rowCount >= rows.columnCount
        case .dualCoordinateDescent: false
        case .trustRegionNewton: true
        }
    }

    /// The map of decision values of held-out rows.
    private func calibrate(
        _ isPositive: [Bool], foldCount: Int, _ progress: inout LinearProgress
    ) throws(ModelError) -> DecisionCalibration {
        let folds = try heldOutFolds(isPositive, foldCount: foldCount, seed: recipe.seed)
        var values = [Double](repeating: 0, count: kept.count)
        for fold in 0..<foldCount {
            let training = kept.indices.filter { folds[$0] != fold }
            let left = kept.indices.filter { folds[$0] == fold }
            let plane = try solve(
                training.map { kept[$0] }, training.map { isPositive[$0] }, &progress)
            let found = rows.gathering(left.map { kept[$0] })
                .orderedProduct(plane.coefficients)
            for (position, row) in left.enumerated() {
                values[row] = found[position] + plane.intercept
            }
        }
        return try DecisionCalibration(
            recipe.probabilities, values: values, labels: isPositive,
            weights: kept.map { rowWeights[$0] })
    }
}
