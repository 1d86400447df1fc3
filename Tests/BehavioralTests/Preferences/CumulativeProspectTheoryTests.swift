// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import RealModule
import Testing
import _CreditTestSupport

@Suite struct CumulativeProspectTheoryTests {
    struct Published: Decodable {
        var name: String
        var outcomes: [[Double]]
        var published_value: Double
        var value, ce: String
        var decision_weights_ascending: [String]
    }

    struct Golden: Decodable { var prospects: [Published] }

    let theory = CumulativeProspectTheory.tverskyKahneman1992

    @Test(
        "Published values of Wakker and of Tversky and Kahneman, to 1e-12",
        .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func published() throws {
        let golden: Golden = try SharedData.json("golden/prospect_theory.json")
        #expect(golden.prospects.count == 15)
        for row in golden.prospects {
            let prospect = try Prospect(
                outcomes: row.outcomes.map { $0[0] }, probabilities: row.outcomes.map { $0[1] })
            let value = try theory.value(of: prospect)
            expectClose(value, try #require(Double(row.value)), relative: 1e-12, row.name)
            expectClose(
                try theory.certaintyEquivalent(of: prospect), try #require(Double(row.ce)),
                relative: 1e-12, row.name)
            expectClose(
                theory.decisionWeights(of: prospect),
                try row.decision_weights_ascending.map { try #require(Double($0)) },
                relative: 1e-12, row.name)
            expectClose(
                try theory.riskPremium(of: prospect),
                try prospect.mean - #require(Double(row.ce)), relative: 1e-11,
                absolute: 1e-12, row.name)
        }
    }

    /// Six values that Wakker published, to their digits.
    static let wakkersGambles: [([Double], [Double], Double)] = [
        ([-3000, 4500], [0.5, 0.5], -483.0), ([-6000, 3000], [0.25, 0.75], -743),
        ([-1600, -200, 1200, 1600], [0.25, 0.25, 0.25, 0.25], -216),
        ([-1000, -800, 800, 2000], [0.25, 0.25, 0.25, 0.25], -138),
        ([-1500, 4500], [0.5, 0.5], 53), ([-3000, 3000], [0.25, 0.75], -106),
    ]

    @Test(arguments: wakkersGambles)
    func wakker(outcomes: [Double], probabilities: [Double], printed: Double) throws {
        let prospect = try Prospect(outcomes: outcomes, probabilities: probabilities)
        #expect(try theory.value(of: prospect).rounded() == printed)
    }

    @Test(arguments: propertySeeds(30))
    func againstTheDefinition(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let count = Int.random(in: 1...7, using: &generator)
        let raw = (0..<count).map { _ in Double.random(in: 0.01...1, using: &generator) }
        let prospect = try Prospect(
            outcomes: (0..<count).map { _ in .random(in: -100...100, using: &generator) },
            probabilities: raw.map { $0 / raw.reduce(0, +) })
        // Ranks from the distribution function, term by term.
        var value = 0.0
        for (index, outcome) in prospect.outcomes.enumerated() {
            let lower = prospect.probabilities[..<index].reduce(0, +)
            let upper = prospect.probabilities[(index + 1)...].reduce(0, +)
            let (weighting, beyond) =
                outcome >= 0 ? (theory.gainWeighting, upper) : (theory.lossWeighting, lower)
            let weight =
                try weighting(min(beyond + prospect.probabilities[index], 1))
                - weighting(beyond)
            value += weight * (try theory.valueFunction(outcome))
        }
        expectClose(
            try theory.value(of: prospect), value, relative: 1e-9, absolute: 1e-9)
        expectClose(
            try CumulativeProspectTheory.expectedValue.value(of: prospect), prospect.mean,
            relative: 1e-12, absolute: 1e-12)
        expectClose(
            try CumulativeProspectTheory.expectedValue.riskPremium(of: prospect), 0,
            absolute: 1e-11)
        // A shifted reference is a shifted prospect.
        var shifted = theory
        shifted.valueFunction = try theory.valueFunction.relative(to: 10)
        expectClose(
            try shifted.value(of: prospect.scaled(by: 1, adding: 10)),
            try theory.value(of: prospect), relative: 1e-10, absolute: 1e-10)
        expectClose(
            try shifted.certaintyEquivalent(of: prospect.scaled(by: 1, adding: 10)),
            try theory.certaintyEquivalent(of: prospect) + 10, relative: 1e-9, absolute: 1e-9)
        // What is sure is worth itself.
        expectClose(
            try theory.certaintyEquivalent(of: Prospect(certain: prospect.outcomes[0])),
            prospect.outcomes[0], relative: 1e-13)
    }

    @Test func expectedUtility() throws {
        let prospect = try Prospect(outcomes: [-1, 0.5, 2], probabilities: [0.2, 0.5, 0.3])
        let v = try ValueFunction.exponential(gainRate: 1, lossRate: 1, lossAversion: 2)
        let expected = try 0.2 * v(-1) + 0.5 * v(0.5) + 0.3 * v(2)
        expectClose(
            try CumulativeProspectTheory.expectedUtility(v).value(of: prospect), expected,
            relative: 1e-15)
    }

    @Test func aCertaintyEquivalentThatDoesNotExist() throws {
        // Losses are bounded, and many weights together exceed 1 times the bound... of gains.
        let v = try ValueFunction(
            gains: .exponential(rate: 10), losses: .linear, lossAversion: 1)
        let theory = CumulativeProspectTheory(
            valueFunction: v, gainWeighting: .identity, lossWeighting: .identity)
        let sure = try Prospect(certain: 1e300)
        expectError(.valueOutOfRange, "0.1") { () throws(BehavioralError) in
            try theory.certaintyEquivalent(of: sure)
        }
        let quadratic = CumulativeProspectTheory.expectedUtility(
            try ValueFunction(gains: .quadratic(rate: 1), losses: .linear, lossAversion: 1))
        expectError(.invalidOutcome, "outcome 2.0") { () throws(BehavioralError) in
            try quadratic.value(of: Prospect(certain: 2))
        }
    }

    @Test func codable() throws {
        let data = try JSONEncoder().encode(theory)
        #expect(try JSONDecoder().decode(CumulativeProspectTheory.self, from: data) == theory)
    }
}
