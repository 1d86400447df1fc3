// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Turns each categorical or text column into a fixed number of columns by hashing its values.
///
/// A value's UTF-8 bytes have the 32-bit MurmurHash3 `h` of seed 0, read as a signed integer; with
/// `b` buckets, the column `name#k` with `k = |h| mod b` is 1, or -1 where `h` is negative and
/// ``isSigned`` is set, and the others are 0. Signs make collisions cancel on average. No level is
/// unknown, since nothing is learnt; a missing value has zeros only. The hash never changes.
///
/// K. Weinberger et al., Feature Hashing for Large Scale Multitask Learning, ICML 2009,
/// doi:10.1145/1553374.1553516.
public struct HashingEncoding: Sendable, Hashable, Codable {
    /// The number of columns that each column becomes, from 1 to 65 536.
    public var bucketCount: Int
    /// Whether the sign of the hash decides between 1 and -1.
    public var isSigned: Bool
    /// The columns to encode; `nil` for all categorical and text ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Turns each categorical or text column into `buckets` columns by hashing its values.
    public static func hashEncode(
        buckets: Int, signed: Bool = true, only columns: [String]? = nil
    ) -> Self {
        Self(HashingEncoding(bucketCount: buckets, isSigned: signed, columns: columns))
    }
}

extension HashingEncoding: PreparationRecipe {
    static var takesText: Bool { true }

    fileprivate static let bucketCounts = 1...65_536

    func validate() throws(FeatureError) {
        guard Self.bucketCounts.contains(bucketCount) else {
            throw FeatureError(
                .invalidParameter, "\(bucketCount) buckets, not a number in \(Self.bucketCounts)")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedHashingEncoding {
        FittedHashingEncoding(
            bucketCount: bucketCount, isSigned: isSigned,
            columns: try table.textualIndices(columns).map { index in
                .init(column: index, levels: table.columns[index].levels ?? [])
            })
    }

    func accepts(_ fitted: FittedHashingEncoding) -> Bool {
        fitted.bucketCount == bucketCount && fitted.isSigned == isSigned
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bucketCount)
        encoder.encode(isSigned)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        bucketCount = try decoder.decodeInt()
        isSigned = try decoder.decodeBool()
        columns = try decoder.decodeColumns()
    }
}

/// The columns that a ``HashingEncoding`` encodes.
package struct FittedHashingEncoding: Hashable, Sendable {
    package struct HashedColumn: Hashable, Sendable {
        let column: Int
        /// The levels of the training rows; none of a text column.
        let levels: [String]
        /// The codes that the levels would have if they were unknown.
        private let codes: [Double]

        init(column: Int, levels: [String]) {
            self.column = column
            self.levels = levels
            codes = levels.map(WorkingColumn.unknownCode)
        }

        /// The hash of the level whose code is `code`.
        func hash(_ code: Double) -> Int32 {
            let unknown = WorkingColumn.isUnknown(code) ? code : codes[Int(code)]
            return Int32(truncatingIfNeeded: Int64(-1 - unknown))
        }
    }

    let bucketCount: Int
    let isSigned: Bool
    /// By ascending column.
    let columns: [HashedColumn]
}

extension FittedHashingEncoding: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(columns.map(\.column), below: inputs.count)
        guard HashingEncoding.bucketCounts.contains(bucketCount),
            columns.allSatisfy({
                let input = inputs[$0.column]
                return input.kind == .text && $0.levels.isEmpty || input.levels == $0.levels
            })
        else { throw FeatureError(.invalidParameter, "a column cannot be hashed so") }
        var outputs: [WorkingColumn] = []
        var next = 0
        for (index, input) in inputs.enumerated() {
            guard next < columns.count, columns[next].column == index else {
                outputs.append(input)
                continue
            }
            next += 1
            for bucket in 0..<bucketCount {
                outputs.append(
                    WorkingColumn(name: "\(input.name)#\(bucket)", source: input.source))
            }
        }
        return outputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        var next = 0
        for (index, value) in row.enumerated() {
            guard next < columns.count, columns[next].column == index else {
                output.append(value)
                continue
            }
            let start = output.count
            for _ in 0..<bucketCount { output.append(0) }
            if !value.isNaN {
                let hash = columns[next].hash(value)
                let bucket = Int(hash.magnitude) % bucketCount
                output[start + bucket] = isSigned && hash < 0 ? -1 : 1
            }
            next += 1
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bucketCount)
        encoder.encode(isSigned)
        encoder.encode(columns) { encoder, column in
            encoder.encode(column.column)
            encoder.encode(strings: column.levels)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        bucketCount = try decoder.decodeInt()
        isSigned = try decoder.decodeBool()
        columns = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            HashedColumn(column: try decoder.decodeInt(), levels: try decoder.decodeStrings())
        }
    }
}
