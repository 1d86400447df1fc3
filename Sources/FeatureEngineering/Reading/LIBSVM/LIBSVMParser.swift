// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Collects the rows of a LIBSVM file: `label qid:query index:value ... # comment`.
struct LIBSVMParser {
    private let lines: LineReader
    private var labels: [Double] = []
    private var queries: [Int] = []
    private var offsets = [0]
    private var indices: [Int] = []
    private var values: [Double] = []

    init(_ lines: LineReader) { self.lines = lines }

    mutating func readAll(
        featureCount: Int?, indexBase: LabelledSparseRows.IndexBase
    ) throws(FeatureError) -> LabelledSparseRows {
        while let line = try lines.next() {
            let end = line.firstIndex(of: UInt8(ascii: "#")) ?? line.endIndex
            var fields = line[..<end].split { $0 == 0x20 || $0 == 0x09 }.map {
                UnsafeRawBufferPointer(rebasing: $0)
            }[...]
            guard let label = fields.popFirst() else { continue }
            try readRow(label, fields, indexBase)
        }
        guard !labels.isEmpty else {
            throw FeatureError(.emptyFile, "has no record", file: lines.name)
        }
        let first: Int =
            switch indexBase {
            case .zero: 0
            case .one: 1
            case .automatic: indices.contains(0) ? 0 : 1
            }
        let needed = (indices.max() ?? first - 1) + 1 - first
        let count = featureCount ?? needed
        guard needed <= count else {
            throw FeatureError(
                .outOfRange, "has \(needed) features where \(count) are expected",
                file: lines.name)
        }
        do {
            return try LabelledSparseRows(
                features: SparseMatrix(
                    rowCount: labels.count, columnCount: count, rowOffsets: offsets,
                    columnIndices: first == 0 ? indices : indices.map { $0 - 1 }, values: values),
                labels: labels, queries: queries.isEmpty ? nil : queries)
        } catch {
            throw FeatureError(.malformedFile, "\(error)", file: lines.name)
        }
    }

    private mutating func readRow(
        _ label: UnsafeRawBufferPointer, _ fields: ArraySlice<UnsafeRawBufferPointer>,
        _ indexBase: LabelledSparseRows.IndexBase
    ) throws(FeatureError) {
        let row = labels.count
        labels.append(try number(label, "the label", row))
        var previous = -1
        for (position, field) in fields.enumerated() {
            guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else {
                throw failure(field, "is not index:value", row)
            }
            let key = UnsafeRawBufferPointer(rebasing: field[..<colon])
            let value = UnsafeRawBufferPointer(rebasing: field[(colon + 1)...])
            if key.elementsEqual("qid".utf8) {
                guard position == 0, queries.count == row, let query = Self.integer(value) else {
                    throw failure(field, "is not the row's query", row)
                }
                queries.append(query)
                continue
            }
            guard let index = Self.integer(key), index >= (indexBase == .one ? 1 : 0) else {
                throw failure(
                    field, "has no feature number from \(indexBase == .one ? 1 : 0)", row)
            }
            guard index > previous else {
                throw failure(field, "comes behind feature \(previous): features must ascend", row)
            }
            previous = index
            indices.append(index)
            values.append(try number(value, "feature \(index)", row))
        }
        guard queries.isEmpty || queries.count == row + 1 else {
            throw lines.failure(
                .missingValue, "the row has no query, as earlier rows have", row: row)
        }
        offsets.append(indices.count)
    }

    private func number(
        _ bytes: UnsafeRawBufferPointer, _ what: String, _ row: Int
    ) throws(FeatureError) -> Double {
        guard let number = DecimalNumber.parse(bytes) else {
            throw failure(bytes, "is not a number, as \(what) must be", row)
        }
        guard number.isFinite else {
            throw lines.failure(.outOfRange, "\(what) is not finite", row: row)
        }
        return number
    }

    private func failure(
        _ bytes: UnsafeRawBufferPointer, _ detail: String, _ row: Int
    ) -> FeatureError {
        let text = String(decoding: bytes, as: UTF8.self)
        return lines.failure(.invalidValue, "'\(text)' \(detail)", row: row, value: text)
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.allSatisfy({ $0 &- 0x30 <= 9 }) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }
}
