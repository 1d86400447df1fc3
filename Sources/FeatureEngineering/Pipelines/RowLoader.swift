// SPDX-License-Identifier: Apache-2.0

/// Reads a pipeline's inputs out of the rows of one table.
struct RowLoader {
    private enum Reader {
        case numeric([Double])
        /// `newCodes` is what the fitted pipeline calls each level of the table.
        case categorical([Int32], newCodes: [Double])
    }

    private let readers: [Reader]

    init(_ inputs: [FittedPipeline.Input], _ table: Table) throws(FeatureError) {
        readers = try table.columns(of: inputs).enumerated().map {
            (index, column) throws(FeatureError) in
            let input = inputs[index]
            switch (column.storage, input.levels) {
            case (.numeric(let values), nil): return .numeric(values)
            case (.categorical(let codes, let levels), .some):
                return .categorical(codes, newCodes: levels.map(input.code))
            default: throw .wrongKind(column, needed: input.kind.rawValue)
            }
        }
    }

    func values(row: Int) -> [Double] {
        readers.map { reader in
            switch reader {
            case .numeric(let values): values[row]
            case .categorical(let codes, let newCodes):
                codes[row] < 0 ? .nan : newCodes[Int(codes[row])]
            }
        }
    }
}

extension Table {
    /// The columns that `inputs` name.
    ///
    /// Tables mostly have the columns in the order of the inputs, so the search for each begins
    /// behind the one before.
    func columns(of inputs: [FittedPipeline.Input]) throws(FeatureError) -> [Column] {
        var next = 0
        return try inputs.map { (input) throws(FeatureError) in
            for step in 0..<columnCount {
                let index = (next + step) % columnCount
                if columns[index].name == input.name {
                    next = index + 1
                    return columns[index]
                }
            }
            throw .unknownColumn(input.name, of: columnNames)
        }
    }
}
