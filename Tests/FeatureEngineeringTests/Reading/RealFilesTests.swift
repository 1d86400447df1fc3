// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("PR4: real files", .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct RealFilesTests {
    /// Compares rows, sums, ranges and level counts with those that Python found.
    private func check(_ table: Table, _ path: String, skipped: Int = 0) throws {
        let reading: ReadingGolden = try golden("reading")
        let expected = try #require(reading.files[path])
        #expect(table.rowCount == expected.rows)
        #expect(table.columnCount == expected.columns.count - skipped)
        for (column, expected) in zip(table.columns, expected.columns.dropFirst(skipped)) {
            if let numbers = column.numbers {
                #expect(column.missingCount == 0)
                expectClose(
                    numbers.reduce(0, +), try #require(expected.sum), relative: 1e-13, column.name)
                #expect(numbers.min() == expected.min && numbers.max() == expected.max)
            } else {
                var counts: [String: Int] = [:]
                for text in try #require(column.texts) { counts[text ?? "NA", default: 0] += 1 }
                if let levels = expected.levels {
                    #expect(counts == levels, "\(column.name)")
                } else {
                    let sum = counts.reduce(0) { $0 + Double($1.value) * (Double($1.key) ?? .nan) }
                    #expect(sum == expected.sum, "\(column.name)")
                }
            }
        }
    }

    @Test func germanCredit() throws {
        let path = "german/german.data"
        let table = try Table(csv: SharedData.url(path), schema: .germanCredit)
        try check(table, path)
        #expect(try table.labels("class", positive: "2", negative: "1").count { $0 } == 300)
        #expect(try table[999]["purpose"] == .level("A41"))
        #expect(try table[0]["credit_amount"] == .number(1169))
        try check(Table(csv: SharedData.url(path), dialect: .blankSeparated), path)
    }

    @Test func germanCreditNumeric() throws {
        let path = "german/german.data-numeric"
        let table = try Table(csv: SharedData.url(path), schema: .germanCreditNumeric)
        try check(table, path)
        #expect(try table.labels("class", positive: "2", negative: "1").count { $0 } == 300)
    }

    @Test func germanCreditRisk() throws {
        let path = "german_kaggle_risk/german_credit_data.csv"
        let table = try Table(csv: SharedData.url(path), schema: .germanCreditRisk)
        try check(table, path, skipped: 1)
        #expect(try table[column: "Saving accounts"].missingCount == 183)
        #expect(try table[column: "Checking account"].missingCount == 394)
        #expect(try table.labels("Risk", positive: "bad", negative: "good").count { $0 } == 300)
        let inferred = try Table(csv: SharedData.url(path), dialect: .semicolonSeparated)
        try check(inferred, path)
        #expect(try inferred[column: "column1"].kind == .numeric)
        #expect(try inferred[column: "Saving accounts"].missingCount == 183)
    }

    @Test func taiwan() throws {
        let path = "taiwan/UCI_Credit_Card.csv"
        let table = try Table(csv: SharedData.url(path))
        try check(table, path)
        let labels = try table.labels(
            "default.payment.next.month", positive: "1", negative: "0")
        #expect(labels.count { $0 } == 6636)
        let declared = try Table(csv: SharedData.url(path), schema: .taiwanCredit)
        try check(declared, path, skipped: 1)
        #expect(try declared[column: "EDUCATION"].levels?.count == 7)
    }

    @Test func australianCredit() throws {
        let path = "australian/australian.dat"
        let table = try Table(csv: SharedData.url(path), schema: .australianCredit)
        try check(table, path)
        #expect(try table.labels("class", positive: "1", negative: "0").count { $0 } == 307)
    }

    @Test func aLabelThatIsNeither1Nor2IsNamed() throws {
        let lines = String(decoding: try SharedData.data("german/german.data"), as: UTF8.self)
            .split(separator: "\n").prefix(20)
        let wrong = lines[..<11] + [lines[11].dropLast() + "3"] + lines[12...]
        let error = #expect(throws: FeatureError.self) {
            try Table(csvText: wrong.joined(separator: "\n"), schema: .germanCredit, name: "g")
        }
        #expect(
            error?.message
                == "g, line 12, record 12, column 'class': '3' is not one of the 2 known levels (1, 2)"
        )
    }
}
