// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("GR1: networks as of a day")
struct DatedNetworkTests {
    private static func day(_ number: Int) throws -> CalendarDate {
        try #require(CalendarDate(daysSince1970: 18_000 + number))
    }

    /// Rows in no order of their days; some accounts have several phones.
    private static func table(rows: Int, seed: UInt64) throws -> Table {
        var generator = TestGenerator(seed: seed)
        let accounts = (0..<rows).map { _ in Int.random(in: 0..<rows * 2 / 3, using: &generator) }
        func shared(_ count: Int) -> [String?] {
            (0..<rows).map { _ in
                let value = Int.random(in: 0...count, using: &generator)
                return value == count ? nil : "\(value)"
            }
        }
        let days = try (0..<rows).map { _ in try day(Int.random(in: 0..<30, using: &generator)) }
        let defaults = try (0..<rows).map { _ in
            Int.random(in: 0..<4, using: &generator) == 0
                ? try day(Int.random(in: 0..<40, using: &generator)) : nil
        }
        return try Table([
            .text("account", accounts.map { "a\($0)" }), .date("day", days),
            .text("phone", shared(rows / 4)), .categorical("address", shared(rows / 6)),
            .date("default", defaults),
        ])
    }

    private static func network(_ table: Table, groupLimit: Int = 5) throws -> DatedNetwork {
        try DatedNetwork(
            linking: "account", of: table, by: ["phone", "address"], date: "day",
            defaults: "default", groupLimit: groupLimit)
    }

    @Test("as of a day it is the network of the rows before it", arguments: propertySeeds(4))
    func sameAsFilteredRows(_ seed: UInt64) throws {
        let table = try Self.table(rows: 90, seed: seed)
        let dated = try Self.network(table)
        let days = try #require(table[column: "day"].dates)
        for number in [3, 11, 20, 30] {
            for boundary in AsOfDates.Boundary.allCases {
                let cut = try Self.day(number)
                let mask = days.map { day in
                    day.map { boundary == .inclusive ? $0 <= cut : $0 < cut } ?? false
                }
                let expected = try AssociationNetwork(
                    linking: "account", of: table.filter(mask: mask), by: ["phone", "address"],
                    groupLimit: 5)
                let found = try dated.network(asOf: cut, boundary: boundary)
                #expect(Set(found.nodes) == Set(expected.nodes))
                #expect(found.edgeCount == expected.edgeCount)
                #expect(
                    Set(found.leftOut.map { "\($0.attribute) \($0.value) \($0.accountCount)" })
                        == Set(
                            expected.leftOut.map {
                                "\($0.attribute) \($0.value) \($0.accountCount)"
                            }))
                for name in expected.nodes {
                    func neighbours(_ network: AssociationNetwork) -> [String: Double] {
                        let links = network.neighbours(of: network.index(of: name) ?? -1)
                        return Dictionary(
                            uniqueKeysWithValues: links.map { (network.nodes[$0.node], $0.weight) })
                    }
                    #expect(neighbours(found) == neighbours(expected))
                }
            }
        }
    }

    @Test(
        "the features of every row are those of the network of its day", arguments: propertySeeds(3)
    )
    func features(_ seed: UInt64) throws {
        let table = try Self.table(rows: 70, seed: seed)
        let dated = try Self.network(table)
        let dates = try AsOfDates(table, account: "account", date: "day", boundary: .inclusive)
        let recipe = NetworkFeatures(NetworkFeature.allCases, neighbourShrinkage: 1.5)
        let columns = try dated.columns(recipe, asOf: dates)
        #expect(columns.map(\.name) == recipe.names)
        let numbers = columns.map { $0.numbers ?? [] }
        let days = try #require(table[column: "default"].dates)
        let accounts = (0..<table.rowCount).map { dates.account($0) }
        for row in 0..<table.rowCount {
            let network = try dated.network(asOf: dates.date(row), boundary: .inclusive)
            let node = try #require(network.index(of: dates.account(row)))
            for (column, feature) in NetworkFeature.allCases.enumerated() {
                let expected = try network.columns([feature])[0].numbers?[node]
                #expect(numbers[column][row] == expected, "\(feature) of row \(row)")
            }
            // The share of defaults by its definition.
            func hasDefaulted(_ name: String) -> Bool {
                accounts.indices.contains { index in
                    accounts[index] == name && dates.date(index) <= dates.date(row)
                        && (days[index].map { $0 <= dates.date(row) } ?? false)
                }
            }
            let others = network.nodes.indices.filter { $0 != node }
            let overall =
                Double(others.count { hasDefaulted(network.nodes[$0]) }) / Double(others.count)
            var (sum, total) = (1.5 * overall, 1.5)
            for link in network.neighbours(of: node) {
                sum += link.weight * (hasDefaulted(network.nodes[link.node]) ? 1 : 0)
                total += link.weight
            }
            let found = numbers[NetworkFeature.allCases.count][row]
            #expect(
                others.isEmpty ? found.isNaN : abs(found - sum / total) < 1e-12, "row \(row)")
        }
    }

    @Test("rows of later days change no bit")
    func future() throws {
        let table = try Self.table(rows: 120, seed: 9)
        let days = try #require(table[column: "day"].dates)
        let cut = try Self.day(15)
        let early = table.filter(mask: days.map { $0.map { $0 <= cut } ?? false })
        let dates = try AsOfDates(early, account: "account", date: "day", boundary: .inclusive)
        let recipe = NetworkFeatures(neighbourShrinkage: 1)
        func bits(_ network: DatedNetwork) throws -> [[UInt64]] {
            try network.columns(recipe, asOf: dates).map { ($0.numbers ?? []).map(\.bitPattern) }
        }
        let all = try bits(Self.network(table))
        #expect(try all == bits(Self.network(early)))
        // A network that knew everything gives other numbers.
        let late = try AsOfDates(
            accounts: (0..<early.rowCount).map { dates.account($0) }, at: [Self.day(100)])
        let leaky = try Self.network(table).columns(recipe, asOf: late)
        #expect(leaky.map { ($0.numbers ?? []).map(\.bitPattern) } != all)
    }

    @Test("an account that is not there yet has missing values")
    func notThereYet() throws {
        let table = try Table([
            .text("account", ["a", "b"]), .date("day", [Self.day(1), Self.day(5)]),
            .text("phone", ["1", "1"]),
        ])
        let network = try DatedNetwork(
            linking: "account", of: table, by: ["phone"], date: "day")
        let dates = try AsOfDates(
            accounts: ["a", "b", "c"], at: [Self.day(1), Self.day(5), Self.day(6)])
        let columns = try network.columns(
            NetworkFeatures([.degree], neighbourShrinkage: nil), asOf: dates)
        let degrees = columns[0].numbers ?? []
        #expect(degrees.map { $0.isNaN ? -1 : $0 } == [-1, 0, 1, -1, -1, 1, -1, -1, -1])
    }

    @Test("bad input is refused with what is wrong")
    func refusals() throws {
        let table = try Self.table(rows: 10, seed: 1)
        func code(_ body: () throws -> Void) -> FeatureError.Code? {
            do { try body() } catch { return (error as? FeatureError)?.code }
            return nil
        }
        #expect(code { _ = try Self.network(table, groupLimit: 1) } == .invalidParameter)
        #expect(
            code {
                _ = try DatedNetwork(linking: "account", of: table, by: [], date: "day")
            } == .invalidParameter)
        #expect(
            code {
                _ = try DatedNetwork(linking: "account", of: table, by: ["phone"], date: "phone")
            } == .wrongKind)
        #expect(
            code {
                _ = try DatedNetwork(
                    linking: "account", of: table, by: ["phone"], date: "default")
            } == .missingValue)
        #expect(
            code {
                _ = try DatedNetwork(
                    linking: "account", of: table, by: ["phone"], date: "day", defaults: "phone")
            } == .wrongKind)
        let dates = try AsOfDates(table, account: "account", date: "day")
        let network = try Self.network(table)
        for recipe in [
            NetworkFeatures([.degree, .degree]), NetworkFeatures([], neighbourShrinkage: nil),
            NetworkFeatures(neighbourShrinkage: -1),
        ] {
            #expect(code { _ = try network.columns(recipe, asOf: dates) } == .invalidParameter)
        }
        #expect(
            code { _ = try network.columns(asOf: dates) { $0.stop() } } == .cancelled)
    }
}
