// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct HierarchicalFitTests {
    static let model = PreferenceModel(
        weighting: .identity, hasEqualCurvature: true, fixed: [.sensitivity: 0.15])

    /// People whose log-parameters are normal around 0.8 and 1.6.
    static func people(
        count: Int, choices: Int, spread: Double, seed: UInt64
    ) throws -> (agents: [ChoiceAgent], choices: [[RiskyChoice]]) {
        var generator = TestGenerator(seed: seed)
        func normal() -> Double {
            // Box and Muller.
            let radius = (-2 * Double.log(.random(in: 0x1p-53..<1, using: &generator))).squareRoot()
            return radius * Double.cos(2 * .pi * .random(in: 0..<1, using: &generator))
        }
        var agents: [ChoiceAgent] = []
        var all: [[RiskyChoice]] = []
        for _ in 0..<count {
            let agent = try ChoiceAgent(
                model: model,
                values: [
                    .gainCurvature: 0.8 * Double.exp(spread / 2 * normal()),
                    .lossAversion: 1.6 * Double.exp(spread * normal()),
                ])
            agents.append(agent)
            let problems = ChoiceProblem.random(count: choices, using: &generator)
            all.append(try agent.choose(among: problems, using: &generator))
        }
        return (agents, all)
    }

    @Test func recoversThePopulationAndShrinks() throws {
        let (agents, choices) = try Self.people(count: 20, choices: 60, spread: 0.5, seed: 11)
        var rounds: [Int] = []
        let fit = try Self.model.fitHierarchically(choices) { rounds.append($0) }
        #expect(fit.hasConverged && rounds == Array(1...fit.iterations))
        #expect(fit.population.map(\.parameter) == Self.model.freeParameters)
        for estimate in fit.population {
            let interval = try #require(estimate.median.interval)
            // The median of these very people, which varies less than the interval allows for.
            let logs = agents.map { Double.log($0.values[estimate.parameter] ?? .nan) }
            #expect(interval.contains(Double.exp(logs.reduce(0, +) / 20)), "\(estimate)")
            #expect(estimate.spread > 0.05 && estimate.spread < 1, "\(estimate)")
        }
        // Drawn together, people are closer to the truth than each on their own.
        let alone = try Self.model.fitIndividuals(choices)
        func error(_ found: [Double]) -> Double {
            zip(found, agents).reduce(0) { sum, pair in
                let distance =
                    Double.log(pair.0) - Double.log(pair.1.values[.lossAversion] ?? .nan)
                return sum + distance * distance
            }
        }
        let together = error(fit.individuals.map { $0.values[.lossAversion] ?? .nan })
        let separate = error(alone.map { $0[.lossAversion]?.value ?? .nan })
        #expect(together < separate, "\(together) against \(separate)")
        #expect(fit.logMarginalLikelihood < alone.reduce(0) { $0 + $1.logLikelihood })
        #expect(
            fit.logMarginalLikelihood
                > (try Self.model.fit(choices.flatMap { $0 })).logLikelihood)
    }

    @Test func onePersonalityHasNoSpread() throws {
        let (_, choices) = try Self.people(count: 8, choices: 60, spread: 0, seed: 5)
        let fit = try Self.model.fitHierarchically(choices, iterationLimit: 100)
        #expect(fit.population.allSatisfy { $0.spread < 0.25 }, "\(fit.population)")
    }

    @Test func badInput() throws {
        let (_, choices) = try Self.people(count: 2, choices: 10, spread: 0, seed: 5)
        expectError(.invalidParameter, "1 people") { () throws(BehavioralError) in
            try Self.model.fitHierarchically([choices[0]])
        }
        expectError(.invalidParameter, "0 rounds") { () throws(BehavioralError) in
            try Self.model.fitHierarchically(choices, iterationLimit: 0)
        }
        expectError(.empty, "person 1") { () throws(BehavioralError) in
            try Self.model.fitHierarchically([choices[0], []])
        }
    }
}
