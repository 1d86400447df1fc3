// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

private typealias Edge = AssociationNetwork.Edge

@Suite("GR1: neighbour default rates do not leak") struct NeighbourDefaultTests {
    private func network(seed: UInt64, nodes: Int = 40) throws -> AssociationNetwork {
        var generator = TestGenerator(seed: seed)
        let edges = (0..<2 * nodes).map { _ in
            Edge(
                "\(Int.random(in: 0..<nodes, using: &generator))",
                "\(Int.random(in: 0..<nodes, using: &generator))",
                weight: Double(Int.random(in: 1...3, using: &generator)))
        }
        return try AssociationNetwork(
            nodes: (0..<nodes).map { "\($0)" }, edges: edges, selfEdges: .leaveOut)
    }

    private func day(_ number: Int) -> CalendarDate {
        CalendarDate(daysSince1970: 20_000 + number) ?? CalendarDate(year: 2024, month: 1, day: 1)!
    }

    @Test func byHand() throws {
        let star = try AssociationNetwork(
            nodes: ["hub", "a", "b", "c", "alone"],
            edges: [Edge("hub", "a", weight: 2), Edge("hub", "b"), Edge("hub", "c")])
        let labels: [Bool?] = [false, true, false, nil, true]
        let rates = try star.neighbourDefaultRates(labels)
        #expect(rates[0] == 2.0 / 3)
        #expect(rates[1] == 0)
        #expect(rates[4].isNaN)
        #expect(try star.neighbourDefaultRates(labels, weighted: false)[0] == 0.5)
        // Shrunk towards the share among the other known labels: 2 of 3 for the hub, 1 of 3 for
        // the lonely node.
        let shrunk = try star.neighbourDefaultRates(labels, shrinkage: 3)
        expectClose(shrunk[0], (2 + 3 * 2.0 / 3) / 6, relative: 1e-15)
        expectClose(shrunk[4], 1.0 / 3, relative: 1e-15)
        let unknown = try star.neighbourDefaultRates([nil, nil, nil, nil, true], shrinkage: 1)
        #expect(unknown.last?.isNaN == true)
        #expect(unknown[0] == 1)
        #expect(throws: FeatureError.self) { try star.neighbourDefaultRates([true]) }
        #expect(throws: FeatureError.self) {
            try star.neighbourDefaultRates(labels, shrinkage: -1)
        }
    }

    /// Changing the label of a node changes nothing in its own feature.
    @Test(arguments: propertySeeds(5)) func ownLabelIsNotSeen(seed: UInt64) throws {
        let network = try network(seed: seed)
        var generator = TestGenerator(seed: seed &+ 9)
        let labels: [Bool?] = (0..<40).map { _ in
            [true, false, false, nil].randomElement(using: &generator) ?? nil
        }
        let rates = try network.neighbourDefaultRates(labels, shrinkage: 2)
        let recipe = LabelPropagation(folds: 4, seed: seed)
        let spread = try network.propagatedDefaultRates(labels, recipe)
        #expect(spread == (try network.propagatedDefaultRates(labels, recipe)))
        #expect(spread.allSatisfy { (0...1).contains($0) })
        for node in 0..<40 {
            guard let label = labels[node] else { continue }
            var changed = labels
            changed[node] = !label
            let others = try network.neighbourDefaultRates(changed, shrinkage: 2)
            #expect(others[node].bitPattern == rates[node].bitPattern)
            let propagated = try network.propagatedDefaultRates(changed, recipe)
            #expect(propagated[node].bitPattern == spread[node].bitPattern)
            #expect(propagated != spread)
        }
    }

    /// What becomes known on the as-of day or later changes no feature, and what became known
    /// before does.
    @Test(arguments: propertySeeds(5)) func theFutureIsNotSeen(seed: UInt64) throws {
        let network = try network(seed: seed)
        var generator = TestGenerator(seed: seed &+ 7)
        let asOf = (0..<40).map { _ in day(Int.random(in: 100..<200, using: &generator)) }
        let since = (0..<40).map { _ in day(Int.random(in: 0..<150, using: &generator)) }
        let defaults = (0..<40).map { _ in
            Bool.random(using: &generator) ? day(Int.random(in: 50..<250, using: &generator)) : nil
        }
        for since in [nil, since] {
            let rates = try network.neighbourDefaultRates(
                defaultDays: defaults, asOf: asOf, since: since, shrinkage: 1.5)
            for node in 0..<40 {
                let cut = asOf[node].daysSince1970
                let later = defaults.map { (known) -> CalendarDate? in
                    guard (known?.daysSince1970 ?? .max) >= cut else { return known }
                    return Bool.random(using: &generator) ? nil : asOf[node]
                }
                let changed = try network.neighbourDefaultRates(
                    defaultDays: later, asOf: asOf, since: since, shrinkage: 1.5)
                #expect(changed[node].bitPattern == rates[node].bitPattern)
                // Its own default, whenever known, is in nothing either.
                var own = defaults
                own[node] = own[node] == nil ? day(0) : nil
                let without = try network.neighbourDefaultRates(
                    defaultDays: own, asOf: asOf, since: since, shrinkage: 1.5)
                #expect(without[node].bitPattern == rates[node].bitPattern)
            }
        }
    }

    @Test func datesByHand() throws {
        let path = try AssociationNetwork(
            nodes: ["a", "b", "c"], edges: [Edge("a", "b"), Edge("b", "c", weight: 3)])
        let asOf = [day(10), day(10), day(10)]
        func rates(
            _ days: [Int?], since: [Int]? = nil, shrinkage: Double = 0
        ) throws -> [Double] {
            try path.neighbourDefaultRates(
                defaultDays: days.map { $0.map(day) }, asOf: asOf, since: since?.map(day),
                shrinkage: shrinkage)
        }
        #expect(try rates([9, nil, 10]) == [0, 0.25, 0])
        #expect(try rates([nil, nil, 9]) == [0, 0.75, 0])
        // c was not there yet, so b has one neighbour; the day itself is too late.
        #expect(try rates([9, nil, 12], since: [0, 0, 10])[1] == 1)
        // Overall share of the others as of day 10, own default left out: 1 of 2.
        #expect(try rates([9, 8, nil], shrinkage: 1)[1] == (1 + 0.5) / 5)
        let lonely = try rates([nil, 3, nil], since: [50, 0, 50])
        #expect(lonely[1].isNaN)
        #expect(throws: FeatureError.self) { try rates([1]) }
    }

    @Test func refusalsOfLabelPropagation() throws {
        let path = try AssociationNetwork(nodes: ["a", "b", "c"], edges: [Edge("a", "b")])
        func code(_ recipe: LabelPropagation, _ labels: [Bool?]) -> FeatureError.Code? {
            let error = #expect(throws: FeatureError.self) {
                try path.propagatedDefaultRates(labels, recipe)
            }
            return error?.code
        }
        let labels: [Bool?] = [true, nil, false]
        #expect(code(LabelPropagation(shrinkage: 0, seed: 1), labels) == .invalidParameter)
        #expect(code(LabelPropagation(folds: 1, seed: 1), labels) == .invalidParameter)
        #expect(code(LabelPropagation(tolerance: 0, seed: 1), labels) == .invalidParameter)
        #expect(code(LabelPropagation(seed: 1), [true, nil, nil]) == .emptyInput)
        #expect(code(LabelPropagation(seed: 1), [true]) == .unequalLengths)
        // b sees a's default and the overall share, 1/2; c is linked to nobody.
        let rates = try path.propagatedDefaultRates(labels, LabelPropagation(seed: 1))
        #expect(rates[1] == 0.75)
    }
}
