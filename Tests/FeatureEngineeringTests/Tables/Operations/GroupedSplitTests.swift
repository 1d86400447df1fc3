// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("PR4: splits by group and by date")
struct GroupedSplitTests {
    @Test(arguments: propertySeeds(20))
    func groupsStayTogether(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let count = Int.random(in: 30...200, using: &generator)
        let table = try Table([
            .numeric("id", (0..<count).map(Double.init)),
            .numeric(
                "customer",
                (0..<count).map { _ in
                    let customer = Int.random(in: 0..<12, using: &generator)
                    return customer == 0 ? nil : Double(customer)
                }),
        ])
        let (train, test) = try table.split(
            testFraction: 0.4, keepingTogether: ["customer"], seed: seed)
        func values(_ table: Table, _ name: String) throws -> [Column.Value] {
            try (0..<table.rowCount).map { try table[$0][name] }
        }
        let (inTrain, inTest) = (
            Set(try values(train, "customer")), Set(try values(test, "customer"))
        )
        #expect(inTrain.isDisjoint(with: inTest))
        let groups = inTrain.count + inTest.count
        #expect(inTest.count == Int((Double(groups) * 0.4).rounded()))
        #expect(try train.sorted(by: ["id"]) == train && test.sorted(by: ["id"]) == test)
        #expect(
            try Table(concatenating: [train, test]).sorted(by: ["id"]) == table)
        let again = try table.split(testFraction: 0.4, keepingTogether: ["customer"], seed: seed)
        #expect(again.test == test)
    }

    @Test func byDate() throws {
        let days = ["2020-01-03", "2020-01-01", "2020-01-02", "2020-01-03", "2020-01-02"]
        let table = try Table([
            .numeric("id", [0, 1, 2, 3, 4]), .date("day", days.map { CalendarDate($0) }),
        ])
        func ids(_ table: Table) throws -> [Double] { try table[column: "id"].numbers ?? [] }
        let split = try table.split(at: CalendarDate("2020-01-02")!, in: "day")
        #expect(try ids(split.train) == [1] && ids(split.test) == [0, 2, 3, 4])
        let latest = try table.split(testFraction: 0.2, latestIn: "day")
        #expect(try ids(latest.train) == [1, 2, 4] && ids(latest.test) == [0, 3])
        #expect(try ids(table.split(testFraction: 0.6, latestIn: "day").test) == [0, 2, 3, 4])
        for day in ["2019-01-01", "2020-01-01", "2020-01-04"] {
            let error = #expect(throws: FeatureError.self) {
                try table.split(at: CalendarDate(day)!, in: "day")
            }
            #expect(error?.code == .invalidParameter)
        }
        let missing = try Table([.date("day", [CalendarDate("2020-01-01"), nil])])
        let error = #expect(throws: FeatureError.self) {
            try missing.split(testFraction: 0.5, latestIn: "day")
        }
        #expect(error?.message == "row 1, column 'day': the date is missing")
        #expect(throws: FeatureError.self) { try table.split(testFraction: 0.5, latestIn: "id") }
        #expect(throws: FeatureError.self) { try table.split(testFraction: 1, latestIn: "day") }
        #expect(throws: FeatureError.self) {
            try table.split(testFraction: 0.5, keepingTogether: [], seed: 1)
        }
        #expect(throws: FeatureError.self) {
            try table.split(testFraction: 0.01, keepingTogether: ["day"], seed: 1)
        }
    }
}
