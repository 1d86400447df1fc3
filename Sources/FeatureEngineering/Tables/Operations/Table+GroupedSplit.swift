// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension Table {
    /// Splits the rows at random so that rows with equal values in some columns stay together.
    ///
    /// Every customer, say, is wholly in the training or wholly in the test part. The share
    /// of the groups, not of the rows, that goes to the test part is `testFraction`,
    /// rounded to the nearest whole number; missing values are equal to each other. Both
    /// parts keep the table's order.
    ///
    /// The same table, arguments and `seed` give the same split everywhere.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`, or `invalidParameter` if there are no names
    ///   or `testFraction` is not between 0 and 1 or leaves one of the parts empty.
    /// - Complexity: O(rows x names), expected.
    public func split(
        testFraction: Double, keepingTogether names: [String], seed: UInt64
    ) throws(FeatureError) -> (train: Table, test: Table) {
        guard !names.isEmpty else {
            throw FeatureError(.invalidParameter, "there is no column to keep rows together by")
        }
        let groups = try rowGroups(by: names)
        let testCount = try testCount(testFraction, of: groups.count, "groups")
        var generator = RandomStream(seed: seed).child("grouped split")
        var isTest = [Bool](repeating: false, count: rowCount)
        for group in generator.permutation(groups.count).prefix(testCount) {
            for row in groups[group] { isTest[row] = true }
        }
        return parts { isTest[$0] }
    }

    /// Splits the rows at a day: earlier ones train, those of the day and later ones test.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`, `wrongKind` if the column holds no dates,
    ///   `missingValue` at the first row without one, or `invalidParameter` if one of the parts
    ///   would be empty.
    public func split(
        at day: CalendarDate, in name: String
    ) throws(FeatureError) -> (train: Table, test: Table) {
        let days = try days(of: name)
        let parts = parts { days[$0] >= day.daysSince1970 }
        guard parts.train.rowCount > 0, parts.test.rowCount > 0 else {
            throw FeatureError(
                .invalidParameter,
                "\(day) leaves \(parts.test.rowCount) test and \(parts.train.rowCount) training "
                    + "rows", column: name)
        }
        return parts
    }

    /// Splits off the latest rows for testing.
    ///
    /// The test part begins with the day on which it first has `rowCount * testFraction` rows,
    /// rounded to the nearest whole number, so the rows of one day stay together.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`, `wrongKind`, `missingValue`, or
    ///   `invalidParameter` if `testFraction` is not between 0 and 1 or leaves one of the parts
    ///   empty.
    /// - Complexity: O(n log n) in the number of rows.
    public func split(
        testFraction: Double, latestIn name: String
    ) throws(FeatureError) -> (train: Table, test: Table) {
        let days = try days(of: name)
        let testCount = try testCount(testFraction, of: rowCount, "rows")
        let first = days.sorted()[rowCount - testCount]
        return try split(at: CalendarDate(daysSince1970: Int(first))!, in: name)
    }

    private func testCount(
        _ fraction: Double, of count: Int, _ unit: String
    ) throws(FeatureError) -> Int {
        guard fraction > 0, fraction < 1 else {
            throw FeatureError(
                .invalidParameter, "testFraction is \(fraction), not between 0 and 1")
        }
        let testCount = Int((Double(count) * fraction).rounded())
        guard testCount > 0, testCount < count else {
            throw FeatureError(
                .invalidParameter,
                "testFraction \(fraction) of \(count) \(unit) leaves \(testCount) to test and "
                    + "\(count - testCount) to train")
        }
        return testCount
    }

    private func days(of name: String) throws(FeatureError) -> [Int32] {
        let column = try self[column: name]
        guard case .date(let days) = column.storage else {
            throw FeatureError.wrongKind(column, needed: "a date column")
        }
        if let row = days.firstIndex(of: Column.missingDay) {
            throw FeatureError(.missingValue, "the date is missing", row: row, column: name)
        }
        return days
    }

    private func parts(_ isTest: (Int) -> Bool) -> (train: Table, test: Table) {
        let isTest = (0..<rowCount).map(isTest)
        return (filter(mask: isTest.map { !$0 }), filter(mask: isTest))
    }
}
