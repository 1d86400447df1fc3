// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The names of the feature columns, `x0`, `x1` and so on where there are none given.
///
/// - Throws: ``ModelError`` with code `empty` for features without rows or columns, `wrongWidth`
///   for another number of names.
func checkedNames(
    _ names: [String]?, of features: Matrix<Double>
) throws(ModelError) -> [String] {
    let (rows, columns) = (features.rowCount, features.columnCount)
    guard rows > 0, columns > 0 else {
        throw ModelError(.empty, "the features are \(rows) x \(columns)")
    }
    let names = names ?? (0..<columns).map { "x\($0)" }
    guard names.count == columns else {
        throw ModelError(
            .wrongWidth, "\(names.count) feature names for \(columns) feature columns")
    }
    return names
}

/// Refuses features that a model of `names` cannot take; NaN stands for a missing value where these
/// are allowed.
///
/// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
func checkFeatures(
    _ features: Matrix<Double>, names: [String], allowsMissing: Bool = false
) throws(ModelError) {
    guard features.columnCount == names.count else {
        throw ModelError(
            .wrongWidth,
            "\(features.columnCount) columns for a model of \(names.count) features")
    }
    try checkFinite(features, names: names, allowsMissing: allowsMissing)
}

/// Refuses targets that are not one finite number per row.
///
/// - Throws: ``ModelError`` with code `invalidLabels` or `nonFinite`.
func checkTargets(_ targets: [Double], rows: Int) throws(ModelError) {
    guard targets.count == rows else {
        throw ModelError(.invalidLabels, "\(targets.count) targets for \(rows) rows")
    }
    if let row = targets.firstIndex(where: { !$0.isFinite }) {
        throw ModelError(.nonFinite, "the target of row \(row) is \(targets[row])")
    }
}
