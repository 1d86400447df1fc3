// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct RecoveryStudyTests {
    /// Glöckner and Pachur's medians of the first session.
    static func agent() throws -> ChoiceAgent {
        try ChoiceAgent(
            model: PreferenceModel(hasEqualCurvature: true),
            values: [
                .gainCurvature: 0.74, .lossAversion: 1.27, .gainWeighting: 0.61,
                .lossWeighting: 0.89, .sensitivity: 0.06,
            ])
    }

    @Test func fewRunsRecover() throws {
        let study = try RecoveryStudy(
            agent: Self.agent(), choicesPerRun: 240, runs: 8, largestOutcome: 1000, seed: 7)
        var heard: [Int] = []
        let report = try study.run { heard.append($0) }
        #expect(heard == Array(1...8) && report.runs == 8)
        #expect(report.parameters.map(\.parameter) == study.agent.model.freeParameters)
        for parameter in report.parameters {
            // 8 intervals of 95 %: fewer than 5 hits come once in 2,000 studies.
            #expect(parameter.coverage >= 5.0 / 8, "\(parameter)")
            let error = parameter.meanStandardError
            #expect(abs(parameter.mean - parameter.truth) < 2 * error, "\(parameter)")
        }
    }

    /// Noisy choices may be likeliest where a parameter reaches the end of its range.
    @Test func aParameterAtTheEndOfItsRange() throws {
        let study = try RecoveryStudy(agent: Self.agent(), choicesPerRun: 240, runs: 8, seed: 7)
        let fit = try study.agent.model.fit(study.choices(ofRun: 6))
        let gamma = try #require(fit[.gainWeighting]?.value)
        #expect(gamma > 0.279_204_3 && gamma < 0.2793)
        #expect(fit.logLikelihood > fit.nullLogLikelihood)
    }

    @Test func choicesAreReproducible() throws {
        let study = try RecoveryStudy(agent: Self.agent(), choicesPerRun: 60, runs: 2, seed: 1)
        let choices = try study.choices(ofRun: 1)
        #expect(try choices == study.choices(ofRun: 1))
        #expect(try choices != study.choices(ofRun: 0))
        #expect(choices.count == 60)
        for (index, choice) in choices.enumerated() {
            let (first, second) = (choice.problem.first, choice.problem.second)
            #expect(!first.dominates(second) && !second.dominates(first))
            let outcomes = first.outcomes + second.outcomes
            switch index % 3 {
            case 0: #expect(outcomes.allSatisfy { $0 >= 0 })
            case 1: #expect(outcomes.allSatisfy { $0 <= 0 })
            default: #expect(outcomes.contains { $0 > 0 })
            }
        }
    }

    @Test func simulatedFrequencies() throws {
        let agent = try Self.agent()
        var generator = TestGenerator(seed: 3)
        let problems = ChoiceProblem.random(count: 1, using: &generator)
        let expected = try agent.probabilityOfFirst(in: problems[0])
        let choices = try agent.choose(
            among: Array(repeating: problems[0], count: 4000), using: &generator)
        let share = Double(choices.count { $0.choseFirst }) / 4000
        // Four standard deviations.
        #expect(abs(share - expected) < 4 * (expected * (1 - expected) / 4000).squareRoot())
    }

    @Test func badInput() async throws {
        let agent = try Self.agent()
        expectError(.invalidParameter, "0 choices") { () throws(BehavioralError) in
            try RecoveryStudy(agent: agent, choicesPerRun: 0, runs: 1, seed: 1)
        }
        await #expect(processExitsWith: .failure) {
            let study = try RecoveryStudy(
                agent: RecoveryStudyTests.agent(), choicesPerRun: 1, runs: 1, seed: 1)
            _ = try study.choices(ofRun: 1)
        }
    }
}
