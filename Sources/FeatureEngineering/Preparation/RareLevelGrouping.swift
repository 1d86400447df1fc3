// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Joins the rare levels of categorical columns into one level.
///
/// A level is rare if fewer training rows than `minimumShare` of all that have a value have it, or
/// if it is not among the `maximumLevels - 1` most frequent ones where there are more than
/// `maximumLevels` (of equally frequent levels the first stay). Where some level is rare, levels
/// that the training rows did not have join the group; elsewhere they stay unknown. Missing values
/// stay missing.
public struct RareLevelGrouping: Sendable, Hashable, Codable {
    /// The share of training rows below which a level is rare, from 0 to 1.
    public var minimumShare: Double
    /// The largest number of levels that come out, the group counted, at least 2; `nil` for any.
    public var maximumLevels: Int?
    /// The name of the group, which stands behind the levels that stay.
    public var name: String
    /// The columns whose levels are grouped; `nil` for all categorical ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Joins the rare levels of categorical columns into one level.
    public static func groupRareLevels(
        below minimumShare: Double = 0.01, maximumLevels: Int? = nil, into name: String = "(rare)",
        only columns: [String]? = nil
    ) -> Self {
        Self(
            RareLevelGrouping(
                minimumShare: minimumShare, maximumLevels: maximumLevels, name: name,
                columns: columns))
    }
}

extension RareLevelGrouping: PreparationRecipe {
    func validate() throws(FeatureError) {
        guard minimumShare >= 0, minimumShare <= 1 else {
            throw FeatureError(
                .invalidParameter, "a minimum share of \(minimumShare) is not in 0...1")
        }
        if let maximumLevels, maximumLevels < 2 {
            throw FeatureError(
                .invalidParameter, "\(maximumLevels) levels where at least 2 must stay")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedRareLevelGrouping {
        var fitted = FittedRareLevelGrouping(name: name, groups: [])
        for index in try table.categoricalIndices(columns) {
            let column = table.columns[index]
            let codes = table.column(index).filter { $0 >= 0 }
            try column.requireValues(codes)
            var counts = [Int](repeating: 0, count: column.levels?.count ?? 0)
            for code in codes { counts[Int(code)] += 1 }
            var stays = counts.map { Double($0) >= minimumShare * Double(codes.count) }
            if let named = column.levels?.firstIndex(of: name) { stays[named] = false }
            if let maximumLevels, counts.count > maximumLevels {
                let byFrequency = counts.indices.filter { stays[$0] }
                    .sorted { (-counts[$0], $0) < (-counts[$1], $1) }
                for level in byFrequency.dropFirst(maximumLevels - 1) { stays[level] = false }
            }
            guard stays.contains(false) else { continue }
            fitted.groups.append(.init(column: index, stays: stays))
        }
        return fitted
    }

    func accepts(_ fitted: FittedRareLevelGrouping) -> Bool { fitted.name == name }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(minimumShare)
        encoder.encode(optional: maximumLevels) { $0.encode($1) }
        encoder.encode(name)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        minimumShare = try decoder.decodeDouble()
        maximumLevels = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeInt()
        }
        name = try decoder.decodeString()
        columns = try decoder.decodeColumns()
    }
}

/// The levels that a ``RareLevelGrouping`` joins.
package struct FittedRareLevelGrouping: Hashable, Sendable {
    package struct Group: Hashable, Sendable {
        let column: Int
        /// Whether each level stays as it is; at least one does not.
        let stays: [Bool]
        /// The new code of each level.
        let codes: [Double]
        /// The code of the group.
        let groupCode: Double

        init(column: Int, stays: [Bool]) {
            self.column = column
            self.stays = stays
            let group = Double(stays.count(where: \.self))
            groupCode = group
            var next = 0.0
            codes = stays.map { stays in
                guard stays else { return group }
                defer { next += 1 }
                return next
            }
        }
    }

    let name: String
    /// By ascending column.
    var groups: [Group]
}

extension FittedRareLevelGrouping: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireCategorical(groups.map(\.column), inputs)
        var outputs = inputs
        for group in groups {
            let levels = inputs[group.column].levels ?? []
            let kept = zip(levels, group.stays).filter(\.1).map(\.0)
            guard levels.count == group.stays.count, kept.count < levels.count,
                !kept.contains(name)
            else { throw FeatureError(.invalidParameter, "levels cannot be grouped so") }
            outputs[group.column].levels = kept + [name]
        }
        return outputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        for group in groups where !row[group.column].isNaN {
            let code = row[group.column]
            output[group.column] = code < 0 ? group.groupCode : group.codes[Int(code)]
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(name)
        encoder.encode(groups) { encoder, group in
            encoder.encode(group.column)
            encoder.encode(group.stays) { $0.encode($1) }
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        name = try decoder.decodeString()
        groups = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Group(
                column: try decoder.decodeInt(),
                stays: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                    try decoder.decodeBool()
                })
        }
    }
}
