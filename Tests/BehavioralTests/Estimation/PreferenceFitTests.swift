// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import RealModule
import Testing
import _CreditTestSupport

/// Choices and their most likely preferences, by SciPy.
struct ChoicesGolden: Decodable {
    struct Fit: Decodable {
        var curve: PreferenceModel.Curve
        var weighting: PreferenceModel.Weighting
        var choiceRule: PreferenceModel.ChoiceRule
        var hasEqualCurvature, hasEqualWeighting, hasTremble: Bool
        var fixed: [String: Double]
        var free: [PreferenceParameter]
        var first, second: [[Double]]
        var chose: [Bool]
        var estimates, standardErrors: [Double]
        var logLikelihood: Double

        var model: PreferenceModel {
            PreferenceModel(
                curve: curve, weighting: weighting, choiceRule: choiceRule,
                hasEqualCurvature: hasEqualCurvature, hasEqualWeighting: hasEqualWeighting,
                hasTremble: hasTremble,
                fixed: Dictionary(
                    uniqueKeysWithValues: fixed.compactMap { name, value in
                        PreferenceParameter(rawValue: name).map { ($0, value) }
                    }))
        }

        func choices() throws -> [RiskyChoice] {
            func gamble(_ row: [Double]) throws -> Prospect {
                try Prospect(outcomes: [row[0], row[2]], probabilities: [row[1], row[3]])
            }
            return try chose.indices.map {
                RiskyChoice(
                    problem: ChoiceProblem(try gamble(first[$0]), try gamble(second[$0])),
                    choseFirst: chose[$0])
            }
        }
    }

    var fits: [Fit]

    static let shared = Result { try load() }

    private static func load() throws -> ChoicesGolden {
        let url = try #require(
            Bundle.module.url(
                forResource: "behavioral_choices", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
}

@Suite struct PreferenceFitTests {
    @Test(arguments: 0..<7)
    func golden(index: Int) throws {
        let row = try ChoicesGolden.shared.get().fits[index]
        #expect(row.model.freeParameters == row.free)
        let fit = try row.model.fit(row.choices())
        #expect(fit.hasConverged)
        expectClose(fit.logLikelihood, row.logLikelihood, relative: 1e-9)
        let estimates = try row.free.map { try #require(fit[$0]) }
        expectClose(estimates.map(\.value), row.estimates, relative: 1e-4, "\(row.free)")
        // Standard errors on the unbounded scale.
        let covariance = try #require(fit.covariance)
        expectClose(
            covariance.indices.map { covariance[$0][$0].squareRoot() }, row.standardErrors,
            relative: 1e-3, "\(row.free)")
        for estimate in estimates {
            let interval = try #require(estimate.interval)
            #expect(interval.contains(estimate.value))
            #expect(try #require(estimate.standardError) > 0)
        }
        let (n, k) = (Double(row.chose.count), Double(row.free.count))
        expectClose(fit.deviance, -2 * fit.logLikelihood, relative: 1e-15)
        expectClose(fit.aic, 2 * k - 2 * fit.logLikelihood, relative: 1e-15)
        expectClose(fit.bic, k * Double.log(n) - 2 * fit.logLikelihood, relative: 1e-15)
        expectClose(fit.nullLogLikelihood, n * Double.log(0.5), relative: 1e-15)
        // The likelihood, once more, from the agent's probabilities.
        var sum = 0.0
        for choice in try row.choices() {
            let p = try fit.agent.probabilityOfFirst(in: choice.problem)
            sum += Double.log(choice.choseFirst ? p : 1 - p)
        }
        expectClose(fit.logLikelihood, sum, relative: 1e-10)
    }

    @Test func fixedParameters() throws {
        let row = try ChoicesGolden.shared.get().fits[0]
        let choices = try row.choices()
        var model = row.model
        let free = try model.fit(choices)
        model.fixed = [.lossAversion: try #require(free[.lossAversion]?.value)]
        let held = try model.fit(choices)
        expectClose(held.logLikelihood, free.logLikelihood, relative: 1e-9)
        #expect(held[.lossAversion]?.standardError == nil)
        #expect(held.estimates.count == 5 && held.model.freeParameters.count == 4)
        model.fixed[.lossAversion] = 3
        #expect(try model.fit(choices).logLikelihood < free.logLikelihood)
        // Everything known: only the likelihood is left.
        model.fixed = [
            .gainCurvature: 0.74, .lossAversion: 1.27, .gainWeighting: 0.61,
            .lossWeighting: 0.89, .sensitivity: 0.06,
        ]
        let known = try model.fit(choices)
        #expect(known.hasConverged && known.logLikelihood <= free.logLikelihood)
    }

    @Test func individualsAndWhatCannotBeTold() throws {
        let row = try ChoicesGolden.shared.get().fits[4]
        let choices = try row.choices()
        let fits = try row.model.fitIndividuals([choices, Array(choices.prefix(150))])
        #expect(try fits[0] == row.model.fit(choices))
        #expect(fits[1].choiceCount == 150)
        // Choices between gains say nothing of losses.
        let gains = choices.filter { $0.problem.first.outcomes[0] >= 0 }
        let blind = try row.model.fit(gains)
        #expect(blind.covariance == nil && blind[.lossAversion]?.interval == nil)
        expectError(.empty, "person 1: no choices") { () throws(BehavioralError) in
            try row.model.fitIndividuals([choices, []])
        }
    }

    @Test func codable() throws {
        let row = try ChoicesGolden.shared.get().fits[4]
        let fit = try row.model.fit(row.choices())
        let data = try JSONEncoder().encode(fit)
        #expect(try JSONDecoder().decode(PreferenceFit.self, from: data) == fit)
        // The agent inside is checked; names are keys.
        let agent = try JSONEncoder().encode(fit.agent)
        let value = try #require(fit[.lossAversion]?.value)
        let broken = String(decoding: agent, as: UTF8.self)
            .replacingOccurrences(of: "\"lossAversion\":\(value)", with: "\"lossAversion\":-1")
        #expect(broken.contains("-1"))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ChoiceAgent.self, from: Data(broken.utf8))
        }
    }

    @Test func badInput() throws {
        let row = try ChoicesGolden.shared.get().fits[0]
        let choices = try row.choices()
        let model = row.model
        expectError(.empty, "no choices") { () throws(BehavioralError) in try model.fit([]) }
        var wrong = model
        wrong.fixed = [.lossCurvature: 1]
        expectError(.invalidParameter, "no lossCurvature") { () throws(BehavioralError) in
            try wrong.fit(choices)
        }
        wrong.fixed = [.gainWeighting: 0.2]
        expectError(.invalidParameter, "gainWeighting 0.2 is not above 0.2792043") {
            () throws(BehavioralError) in
            try wrong.fit(choices)
        }
        wrong = model
        wrong.choiceRule = .luce
        expectError(.invalidChoice, "choice 200") { () throws(BehavioralError) in
            try wrong.fit(choices)
        }
        expectError(.invalidParameter, "sensitivity has no value") {
            () throws(BehavioralError) in
            try ChoiceAgent(
                model: model,
                values: [
                    .gainCurvature: 1, .lossAversion: 1, .gainWeighting: 1, .lossWeighting: 1,
                ])
        }
        expectError(.invalidParameter, "no tremble") { () throws(BehavioralError) in
            try ChoiceAgent(model: model, values: [.tremble: 0.1])
        }
    }
}
