// SPDX-License-Identifier: Apache-2.0

extension FittedPipeline {
    /// A column that a table must have to be transformed.
    public struct Input: Sendable, Hashable {
        /// The column's name.
        public let name: String
        /// What the column's values are.
        public let kind: ColumnKind
        /// The levels that the training rows had, in the column's order; `nil` for other kinds.
        public let levels: [String]?
        private let codeOfLevel: [String: Int]

        init(
            name: String, levels: [String]? = nil, isDate: Bool = false, isText: Bool = false
        ) {
            self.name = name
            self.levels = levels
            kind = isDate ? .date : isText ? .text : levels == nil ? .numeric : .categorical
            codeOfLevel = Dictionary(
                (levels ?? []).enumerated().map { ($1, $0) },
                uniquingKeysWith: { first, _ in first })
        }

        /// The code of `level`, or that of levels that the training rows did not have.
        func code(_ level: String) -> Double {
            codeOfLevel[level].map(Double.init) ?? WorkingColumn.unknownCode(of: level)
        }

        /// The number that stands for `value`, or `nil` if it is of another kind.
        func number(_ value: Column.Value) -> Double? {
            switch (value, kind) {
            case (.missing, _): .nan
            case (.number(let number), .numeric): number
            case (.level(let level), .categorical): code(level)
            case (.text(let text), .text): code(text)
            case (.date(let date), .date): Double(date.daysSince1970)
            default: nil
            }
        }
    }

    /// A column of the matrix that comes out.
    public struct Feature: Sendable, Hashable {
        /// The feature's name, such as `age` or `housing=own`.
        public let name: String
        /// The column of the table that it comes from.
        public let source: String
    }
}

extension WorkingColumn {
    init(_ input: FittedPipeline.Input) {
        self.init(
            name: input.name, source: input.name, levels: input.levels,
            isDate: input.kind == .date, isText: input.kind == .text)
    }
}
