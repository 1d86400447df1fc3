// SPDX-License-Identifier: Apache-2.0

/// Reads a pipeline's inputs out of the rows of one table.
struct RowLoader {
    private enum Reader {
        case numeric([Double])
        /// `newCodes` is what the fitted pipeline calls each level of the table.
        case categorical([Int32], newCodes: [Double])
        case date([Int32])
        case text([String?])

        func value(_ row: Int) -> Double {
            switch self {
            case .numeric(let values): values[row]
            case .categorical(let codes, let newCodes):
                codes[row] < 0 ? .nan : newCodes[Int(codes[row])]
            case .date(let days): days[row] == Column.missingDay ? .nan : Double(days[row])
            case .text(let texts): texts[row].map(WorkingColumn.unknownCode) ?? .nan
            }
        }
    }

    private let readers: [Reader]
    private let rowCount: Int

    init(_ inputs: [FittedPipeline.Input], _ table: Table) throws(FeatureError) {
        rowCount = table.rowCount
        readers = try table.positions(of: inputs).enumerated().map {
            (index, position) throws(FeatureError) in
            let column = table.columns[position]
            let input = inputs[index]
            switch (column.storage, input.kind) {
            case (.numeric(let values), .numeric): return .numeric(values)
            case (.categorical(let codes, let levels), .categorical):
                return .categorical(codes, newCodes: levels.map(input.code))
            case (.date(let days), .date): return .date(days)
            case (.text(let texts), .text): return .text(texts)
            default: throw .wrongKind(column, needed: input.kind.rawValue)
            }
        }
    }

    /// Puts the values of one row in the place of what `values` holds.
    func read(row: Int, into values: inout [Double]) {
        values.removeAll(keepingCapacity: true)
        for reader in readers { values.append(reader.value(row)) }
    }

    /// The values of every input.
    func columns() -> [[Double]] {
        readers.map { reader in
            if case .numeric(let values) = reader { return values }
            return (0..<rowCount).map(reader.value)
        }
    }
}

extension Table {
    /// The positions of the columns that `inputs` name.
    ///
    /// Tables mostly have the columns in the order of the inputs, so the search for each begins
    /// behind the one before.
    func positions(of inputs: [FittedPipeline.Input]) throws(FeatureError) -> [Int] {
        var next = 0
        return try inputs.map { (input) throws(FeatureError) in
            for step in 0..<columnCount {
                let index = (next + step) % columnCount
                if columns[index].name == input.name {
                    next = index + 1
                    return index
                }
            }
            throw .unknownColumn(input.name, of: columnNames)
        }
    }
}
