// SPDX-License-Identifier: Apache-2.0

extension FittedBinningProcess {
    /// The selected variables of every row of `table`, (rows x selected variables).
    ///
    /// - Throws: ``FeatureError``: `emptyInput` if no variable is selected; `unknownColumn`; as
    ///   ``VariableBinning/binIndices(of:)``.
    /// - Complexity: O(rows x variables x log(bins)).
    public func transform(
        _ table: Table, to output: Output = .weightOfEvidence
    ) throws(FeatureError) -> FeatureMatrix {
        let names = selectedVariables
        guard !names.isEmpty else {
            throw FeatureError(.emptyInput, "none of \(report.count) variables is selected")
        }
        var sources: [(binning: VariableBinning, column: Column)] = []
        for name in names {
            sources.append((try self[variable: name], try table[column: name]))
        }
        let columns = concurrentMap(sources.count) { [sources] index in
            Result { () throws(FeatureError) in
                let binning = sources[index].binning
                let values = binning.outputs(output)
                return try binning.binIndices(of: sources[index].column).map { values[$0] }
            }
        }
        var elements = [Double](repeating: 0, count: table.rowCount * names.count)
        for (column, result) in columns.enumerated() {
            var position = column
            for value in try result.get() {
                elements[position] = value
                position += names.count
            }
        }
        return FeatureMatrix(rowCount: table.rowCount, elements: elements, names: names)
    }
}

extension VariableBinning {
    /// What a value of each bin becomes.
    func outputs(_ output: FittedBinningProcess.Output) -> [Double] {
        switch output {
        case .weightOfEvidence: bins.map(\.weightOfEvidence)
        case .binIndex: bins.indices.map(Double.init)
        case .eventRate: bins.map(\.eventRate)
        }
    }
}
