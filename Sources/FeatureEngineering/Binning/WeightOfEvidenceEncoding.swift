// SPDX-License-Identifier: Apache-2.0

/// Replaces each value by the weight of evidence of its optimal bin.
///
/// A step for numeric and categorical columns that learns from the labels. Missing values, special
/// codes and levels are taken as they are, so nothing needs to be imputed or encoded before it.
public struct WeightOfEvidenceEncoding: Sendable, Hashable, Codable {
    /// The recipe of every column without one of its own.
    public var binning: OptimalBinning
    /// Recipes of single columns, by name.
    public var overrides: [String: OptimalBinning]
    /// What each value becomes.
    public var output: FittedBinningProcess.Output
    /// The columns to encode; `nil` for all but dates.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Replaces each value by the weight of evidence of its optimal bin; learns from the labels.
    public static func woeBinning(
        _ binning: OptimalBinning = OptimalBinning(), overrides: [String: OptimalBinning] = [:],
        output: FittedBinningProcess.Output = .weightOfEvidence, only columns: [String]? = nil
    ) -> Self {
        Self(
            WeightOfEvidenceEncoding(
                binning: binning, overrides: overrides, output: output, columns: columns))
    }
}

extension WeightOfEvidenceEncoding: PreparationRecipe {
    private var process: BinningProcess { BinningProcess(binning, overrides: overrides) }

    func validate() throws(FeatureError) {
        try validateColumns(columns)
        try process.validate()
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedWeightOfEvidenceEncoding {
        let indices = try table.indices(columns)
        for name in overrides.keys.sorted()
        where !indices.contains(where: { table.columns[$0].name == name }) {
            throw .unknownColumn(name, of: indices.map { table.columns[$0].name })
        }
        let classes = try BinningClasses(
            labels: try table.requireLabels(), weights: table.weights)
        var samples: [BinningSample] = []
        for index in indices {
            let column = table.columns[index]
            if let row = table.column(index).firstIndex(where: \.isNaN),
                process.recipe(of: column.name).missing == .error
            {
                throw table.missingValue(column: index, row: row)
            }
            samples.append(
                try BinningSample(
                    variable: column.name, values: table.column(index), levels: column.levels,
                    classes: classes))
        }
        let results = try process.fitted(samples) { (done) throws(FeatureError) in
            try table.report("binning", step: done, of: samples.count)
        }
        var encodings: [FittedWeightOfEvidenceEncoding.Encoding] = []
        for (index, result) in zip(indices, results) {
            let fitted = try result.get()
            encodings.append(
                .init(
                    column: index, binning: fitted, levels: table.columns[index].levels,
                    output: output))
        }
        return FittedWeightOfEvidenceEncoding(output: output, encodings: encodings)
    }

    func accepts(_ fitted: FittedWeightOfEvidenceEncoding) -> Bool {
        fitted.output == output
            && fitted.encodings.allSatisfy {
                process.recipe(of: $0.binning.variable) == $0.binning.recipe
            }
    }
}

/// The bins that a ``WeightOfEvidenceEncoding`` learnt.
package struct FittedWeightOfEvidenceEncoding: Hashable, Sendable {
    /// The bins of one column.
    struct Encoding: Hashable, Sendable {
        var column: Int
        var binning: VariableBinning
        /// The levels whose codes come in; `nil` for numbers.
        var levels: [String]?
        /// The bin of each code; -1 for a level that is refused.
        private var binOfCode: [Int]
        private var outputs: [Double]

        init(
            column: Int, binning: VariableBinning, levels: [String]?,
            output: FittedBinningProcess.Output
        ) {
            self.column = column
            self.binning = binning
            self.levels = levels
            binOfCode = (levels ?? []).map { binning.lookup.index(ofLevel: $0) ?? -1 }
            outputs = binning.outputs(output)
        }

        func value(_ value: Double) throws(TransformationFailure) -> Double {
            let bin: Int?
            if levels == nil || value.isNaN {
                bin = value.isNaN ? binning.lookup.missing : binning.lookup.index(of: value)
            } else if WorkingColumn.isUnknown(value) {
                bin = binning.lookup.unknown
            } else {
                let known = binOfCode[Int(value)]
                bin = known < 0 ? nil : known
            }
            guard let bin else {
                throw TransformationFailure(column: column, isUnknownLevel: !value.isNaN)
            }
            return outputs[bin]
        }
    }

    var output: FittedBinningProcess.Output
    /// Ascending by column.
    var encodings: [Encoding]
}

extension FittedWeightOfEvidenceEncoding: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(encodings.map(\.column), below: inputs.count)
        var outputs = inputs
        for encoding in encodings {
            let input = inputs[encoding.column]
            guard input.levels == encoding.levels, !input.isDate,
                input.kind == encoding.binning.kind
            else {
                throw FeatureError(
                    .invalidParameter, "the bins are of other values", column: input.name)
            }
            outputs[encoding.column].levels = nil
        }
        return outputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) throws(TransformationFailure) {
        output += row
        for encoding in encodings {
            output[encoding.column] = try encoding.value(row[encoding.column])
        }
    }
}
