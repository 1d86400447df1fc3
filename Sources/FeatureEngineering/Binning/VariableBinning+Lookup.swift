// SPDX-License-Identifier: Apache-2.0

extension VariableBinning {
    /// The position in ``bins`` of a number; `nil` and NaN are missing.
    ///
    /// - Throws: ``FeatureError`` with `wrongKind` for a categorical variable, or `missingValue`
    ///   if missing values are refused.
    /// - Complexity: O(log(bins)).
    public func binIndex(of number: Double?) throws(FeatureError) -> Int {
        guard kind == .numeric else {
            throw FeatureError(
                .wrongKind, "is categorical, and its bins are asked for a number",
                column: variable, value: number.map(\.shortText))
        }
        guard let index = lookup.index(of: number ?? .nan) else { throw missingError(row: nil) }
        return index
    }

    /// The position in ``bins`` of a level; `nil` is missing.
    ///
    /// - Throws: ``FeatureError`` with `wrongKind` for a numeric variable, `missingValue` if
    ///   missing values are refused, or `unknownLevel` if unknown levels are.
    /// - Complexity: O(1), expected.
    public func binIndex(ofLevel level: String?) throws(FeatureError) -> Int {
        guard kind == .categorical else {
            throw FeatureError(
                .wrongKind, "is numeric, and its bins are asked for a level", column: variable,
                value: level)
        }
        return try index(ofLevel: level, row: nil)
    }

    /// The position in ``bins`` of any value of a table.
    ///
    /// - Throws: As for numbers and levels; `wrongKind` for text and dates.
    public func binIndex(of value: Column.Value) throws(FeatureError) -> Int {
        switch value {
        case .number(let number): return try binIndex(of: number)
        case .level(let level): return try binIndex(ofLevel: level)
        case .missing:
            return kind == .numeric
                ? try binIndex(of: nil as Double?) : try binIndex(ofLevel: nil)
        case .text, .date:
            throw FeatureError(
                .wrongKind, "'\(value)' is neither a number nor a level", column: variable,
                value: value.description)
        }
    }

    /// The positions in ``bins`` of every value of `column`, whose name does not matter.
    ///
    /// - Throws: ``FeatureError`` as for one value, naming the row.
    /// - Complexity: O(rows x log(bins)).
    public func binIndices(of column: Column) throws(FeatureError) -> [Int] {
        var indices: [Int] = []
        indices.reserveCapacity(column.count)
        switch (column.storage, kind) {
        case (.numeric(let values), .numeric):
            for (row, value) in values.enumerated() {
                guard let index = lookup.index(of: value) else { throw missingError(row: row) }
                indices.append(index)
            }
        case (.categorical(let codes, let levels), .categorical):
            let known = levels.map { lookup.index(ofLevel: $0) }
            for (row, code) in codes.enumerated() {
                if code >= 0, let index = known[Int(code)] {
                    indices.append(index)
                } else {
                    indices.append(
                        try index(ofLevel: code < 0 ? nil : levels[Int(code)], row: row))
                }
            }
        default: throw .wrongKind(column, needed: kind.rawValue)
        }
        return indices
    }

    /// The weights of evidence of every value of `column`, whose name does not matter.
    ///
    /// - Throws: As ``binIndices(of:)``.
    /// - Complexity: O(rows x log(bins)).
    public func weightsOfEvidence(of column: Column) throws(FeatureError) -> [Double] {
        let weights = bins.map(\.weightOfEvidence)
        return try binIndices(of: column).map { weights[$0] }
    }

    private func index(ofLevel level: String?, row: Int?) throws(FeatureError) -> Int {
        guard let level else {
            guard let missing = lookup.missing else { throw missingError(row: row) }
            return missing
        }
        guard let index = lookup.index(ofLevel: level) else {
            if recipe.unknownLevels == .missing { throw missingError(row: row) }
            throw .unknownLevel(
                level, of: sortedByBytes(lookup.binOfLevel.keys), row: row, column: variable)
        }
        return index
    }

    private func missingError(row: Int?) -> FeatureError {
        FeatureError(
            .missingValue, "the value is missing, which the bins refuse", row: row,
            column: variable)
    }
}

extension VariableBinning {
    /// Which bin a value belongs to.
    struct Lookup: Sendable, Hashable {
        let splits: [Double]
        let codes: SortedKeys
        let hasCodes: Bool
        let binOfLevel: [String: Int]
        let missing: Int?
        let unknown: Int?

        init(_ bins: [Bin], recipe: OptimalBinning) {
            var splits: [Double] = []
            var codes: [(Double, Int)] = []
            var binOfLevel: [String: Int] = [:]
            var missing: Int?
            var unknown: Int?
            for (index, bin) in bins.enumerated() {
                if bin.includesMissing { missing = index }
                switch bin.content {
                case .interval(_, let upper): if let upper { splits.append(upper) }
                case .levels(let levels): for level in levels { binOfLevel[level] = index }
                case .rareLevels(let levels):
                    for level in levels { binOfLevel[level] = index }
                    if recipe.unknownLevels == .rare { unknown = index }
                case .special(let code):
                    codes += code.numbers.map { ($0, index) }
                    for level in code.levels { binOfLevel[level] = index }
                case .missing: missing = index
                case .unknownLevels: unknown = index
                }
            }
            if recipe.unknownLevels == .missing { unknown = missing }
            self.splits = splits
            self.codes = SortedKeys(codes)
            hasCodes = !codes.isEmpty
            self.binOfLevel = binOfLevel
            self.missing = missing
            self.unknown = unknown
        }

        /// The bin of a number, NaN for missing; `nil` if missing values are refused.
        func index(of number: Double) -> Int? {
            if number.isNaN { return missing }
            if hasCodes, let code = codes.value(number) { return code }
            return splits.firstPosition { number < $0 }
        }

        /// The bin of a level; `nil` if it is unknown and refused.
        func index(ofLevel level: String) -> Int? { binOfLevel[level] ?? unknown }
    }
}
