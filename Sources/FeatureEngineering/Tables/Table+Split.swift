// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

extension Table {
    /// Splits the rows at random into a training and a test part; both keep the table's order.
    ///
    /// The test part has `rowCount * testFraction` rows, rounded to the nearest whole number. With
    /// `stratifiedBy`, every value of that column (and its missing values together) sends the same
    /// share of its rows, up to one row, to the test part: shares are rounded by largest
    /// remainders, ties going to the stratum that occurs first.
    ///
    /// The same table, arguments and `seed` give the same split everywhere.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`, or `invalidParameter` if `testFraction` is
    ///   not between 0 and 1 or leaves one of the parts empty.
    public func split(
        testFraction: Double, stratifiedBy name: String? = nil, seed: UInt64
    ) throws(FeatureError) -> (train: Table, test: Table) {
        guard testFraction > 0, testFraction < 1 else {
            throw FeatureError(
                .invalidParameter, "testFraction is \(testFraction), not between 0 and 1")
        }
        let testCount = Int((Double(rowCount) * testFraction).rounded())
        guard testCount > 0, testCount < rowCount else {
            throw FeatureError(
                .invalidParameter,
                "testFraction \(testFraction) of \(rowCount) rows leaves \(testCount) test and "
                    + "\(rowCount - testCount) training rows")
        }
        let strata =
            try name.map { (name) throws(FeatureError) in
                try self[column: name].rowsByValue()
            } ?? [Array(0..<rowCount)]
        let testCounts = Self.shares(of: testCount, among: strata.map(\.count))
        let stream = RandomStream(seed: seed)
        var isTest = [Bool](repeating: false, count: rowCount)
        for (index, rows) in strata.enumerated() {
            var generator = stream.child("split", index)
            for position in generator.permutation(rows.count).prefix(testCounts[index]) {
                isTest[rows[position]] = true
            }
        }
        return (
            self[rows: isTest.indices.filter { !isTest[$0] }],
            self[rows: isTest.indices.filter { isTest[$0] }]
        )
    }

    /// `total` spread over groups in proportion to `sizes` by largest remainders.
    private static func shares(of total: Int, among sizes: [Int]) -> [Int] {
        let rowCount = sizes.reduce(0, +)
        var shares = sizes.map { $0.multipliedFullWidth(by: total) }
            .map { rowCount.dividingFullWidth($0) }
        let missing = total - shares.reduce(0) { $0 + $1.quotient }
        let order = shares.indices.sorted {
            (-shares[$0].remainder, $0) < (-shares[$1].remainder, $1)
        }
        for index in order.prefix(missing) { shares[index].quotient += 1 }
        return shares.map(\.quotient)
    }
}

extension Column {
    /// The rows of every distinct value, in the order in which the values first occur.
    func rowsByValue() -> [[Int]] {
        var groupOfValue: [Value: Int] = [:]
        var groups: [[Int]] = []
        for row in 0..<count {
            let value = self[row]
            if let group = groupOfValue[value] {
                groups[group].append(row)
            } else {
                groupOfValue[value] = groups.count
                groups.append([row])
            }
        }
        return groups
    }
}
