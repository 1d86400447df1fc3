// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Replaces numbers by logarithms, which brings long tails in.
///
/// With ``minimumSkewness`` only columns are changed whose training values have a skewness
/// `m3 / m2^1.5` (central moments `mk = sum (x - mean)^k / n`) of that magnitude or more; with one
/// of 1, balances and payments are changed and ages are not. Missing values are left out of the
/// skewness and stay missing.
public struct LogarithmTransformation: Sendable, Hashable, Codable {
    /// Which logarithm is taken.
    public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
        /// `sign(x) log(1 + |x|)`, for all numbers.
        case signed
        /// `log(1 + x)`, for numbers above -1.
        case onePlus
        /// `log(x)`, for numbers above 0.
        case natural
    }

    /// Which logarithm is taken.
    public var form: Form
    /// The least magnitude of the skewness of columns that are changed; 0 for all columns.
    public var minimumSkewness: Double
    /// The columns to transform; `nil` for all numeric ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Replaces numbers by logarithms, if their skewness is of a least magnitude.
    public static func logarithm(
        _ form: LogarithmTransformation.Form = .signed, minimumSkewness: Double = 0,
        only columns: [String]? = nil
    ) -> Self {
        Self(
            LogarithmTransformation(
                form: form, minimumSkewness: minimumSkewness, columns: columns))
    }
}

extension LogarithmTransformation.Form {
    /// Whether `x` has such a logarithm.
    fileprivate func accepts(_ x: Double) -> Bool {
        switch self {
        case .signed: true
        case .onePlus: x > -1
        case .natural: x > 0
        }
    }

    fileprivate func value(_ x: Double) -> Double {
        switch self {
        case .signed:
            x < 0
                ? -ElementaryFunctions.log(onePlus: -x) : ElementaryFunctions.log(onePlus: x)
        case .onePlus: ElementaryFunctions.log(onePlus: x)
        case .natural: ElementaryFunctions.log(x)
        }
    }
}

extension LogarithmTransformation: PreparationRecipe {
    func validate() throws(FeatureError) {
        guard minimumSkewness >= 0, minimumSkewness.isFinite else {
            throw FeatureError(
                .invalidParameter,
                "a minimum skewness of \(minimumSkewness) is not a number of 0 or more")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedLogarithmTransformation {
        var fitted = FittedLogarithmTransformation(form: form, columns: [])
        for index in try table.numericIndices(columns) {
            let values = table.column(index)
            let present = values.filter { !$0.isNaN }
            try table.columns[index].requireValues(present)
            guard
                minimumSkewness == 0
                    || Statistics.skewness(present).magnitude >= minimumSkewness
            else { continue }
            if let row = values.firstIndex(where: { !$0.isNaN && !form.accepts($0) }) {
                throw .outOfDomain(
                    values[row], column: table.columns[index].source,
                    row: table.rows[row])
            }
            fitted.columns.append(index)
        }
        return fitted
    }

    func accepts(_ fitted: FittedLogarithmTransformation) -> Bool { fitted.form == form }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: form)
        encoder.encode(minimumSkewness)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        form = try decoder.decodeCase()
        minimumSkewness = try decoder.decodeDouble()
        columns = try decoder.decodeColumns()
    }
}

/// The columns that a ``LogarithmTransformation`` changes.
package struct FittedLogarithmTransformation: Hashable, Sendable {
    let form: LogarithmTransformation.Form
    /// Ascending.
    var columns: [Int]
}

extension FittedLogarithmTransformation: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireNumeric(columns, inputs)
        return inputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) throws(TransformationFailure) {
        output.append(contentsOf: row)
        for column in columns where !row[column].isNaN {
            guard form.accepts(row[column]) else {
                throw TransformationFailure(
                    column: column, isUnknownLevel: false, numberOutOfDomain: row[column])
            }
            output[column] = form.value(row[column])
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: form)
        encoder.encode(positions: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        form = try decoder.decodeCase()
        columns = try decoder.decodePositions()
    }
}
