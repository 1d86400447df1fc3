// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

extension Scorecard {
    /// Bins the variables, fits the regression and gives every bin its points.
    ///
    /// - Parameters:
    ///   - table: the training rows.
    ///   - target: the column of the classes; it is no variable.
    ///   - positive: the class that is the event, such as default.
    ///   - weights: one per row; 2 means the row twice.
    ///   - progress: sees every step of every regression.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `features` for the table and the bins,
    ///   `invalidLabels` and `oneClass` for the target, `empty` where no variable is left, and the
    ///   codes of ``LogisticRegression``.
    /// - Complexity: that of the bins, and O(rows * variables²) for each regression.
    public func fit(
        _ table: Table, target: String, positive: String, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> ScorecardModel {
        try validate()
        let labels = try table.classLabels(target, positive: positive)
        // Labels and weights are checked before bins are made of them.
        _ = try ClassificationData(
            features: .zeros(table.rowCount, 1), labels: labels, weights: weights)
        let (bins, evidence) = try featureStep { () throws(FeatureError) in
            let bins = try binning.fit(
                table, target: target, positive: positive, weights: weights)
            return (bins, try bins.transform(table))
        }
        var selection = VariableSelection(names: evidence.names, report: bins.report)
        selection.removeConstants(of: evidence.matrix)
        while true {
            guard !selection.kept.isEmpty else {
                throw ModelError(
                    .empty,
                    "no variable is left for the card: "
                        + selection.eliminations.map(\.description).joined(separator: "; "))
            }
            let data = try ClassificationData(
                features: evidence.matrix.gatheringColumns(selection.kept), labels: labels,
                weights: weights, featureNames: selection.keptNames)
            let model = try regression.fit(data, progress: progress)
            guard !selection.remove(from: model, by: self) else { continue }
            let chosen = try featureStep { () throws(FeatureError) in
                try selection.keptNames.map { (name) throws(FeatureError) in
                    try bins[variable: name]
                }
            }
            return try ScorecardModel(
                recipe: self, target: target, bins: chosen, regression: model,
                eliminations: selection.eliminations)
        }
    }
}

/// The variables that are still on the card, and those that left it.
private struct VariableSelection {
    let names: [String]
    var kept: [Int]
    var eliminations: [ScorecardElimination]

    init(names: [String], report: [FittedBinningProcess.VariableReport]) {
        self.names = names
        kept = Array(names.indices)
        eliminations = report.filter { !$0.isSelected }.map { report in
            ScorecardElimination(
                variable: report.variable,
                reason: .notSelected(report.decision, informationValue: report.informationValue))
        }
    }

    var keptNames: [String] { kept.map { names[$0] } }

    mutating func removeConstants(of evidence: Matrix<Double>) {
        for column in kept {
            let values = evidence.column(column).elements
            if values.allSatisfy({ $0 == values[0] }) {
                remove(column, .constant)
            }
        }
    }

    /// Takes out the variable that keeps the rules of `recipe` least, if there is one.
    mutating func remove(from model: LogisticRegressionModel, by recipe: Scorecard) -> Bool {
        if recipe.requiresAgreeingSigns,
            let worst = model.coefficients.indices.max(by: {
                model.coefficients[$0] < model.coefficients[$1]
            }), model.coefficients[worst] >= 0
        {
            remove(kept[worst], .contradictingSign(coefficient: model.coefficients[worst]))
            return true
        }
        if let limit = recipe.maximumPValue, let estimates = model.estimates {
            let pValues = estimates.suffix(kept.count).map(\.pValue)
            if let worst = pValues.indices.max(by: { pValues[$0] < pValues[$1] }),
                pValues[worst] > limit
            {
                remove(kept[worst], .insignificant(pValue: pValues[worst]))
                return true
            }
        }
        return false
    }

    private mutating func remove(_ column: Int, _ reason: ScorecardElimination.Reason) {
        eliminations.append(ScorecardElimination(variable: names[column], reason: reason))
        kept.removeAll { $0 == column }
    }
}
