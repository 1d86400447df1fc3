// SPDX-License-Identifier: Apache-2.0

import CreditNetworkKit
import Foundation
import ReportKit
import Testing
import _ExampleTestSupport

@Suite(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct AmountFiguresTests {
    private struct Golden: Decodable {
        struct Box: Decodable {
            var count: Int
            var lowerWhisker, lowerQuartile, median, upperQuartile, upperWhisker: Double
            var outliers: [Double]
        }

        struct Group: Decodable {
            var group: String
            var count, defaults, highAmounts, defaultsOfHighAmounts: Int
            var medianOfAll: Double
            var good, bad: Box
        }

        var outsideAgeGroups: Int
        var highAmount: Double
        var age, job: [Group]
    }

    @Test func `Quartiles, whiskers and outliers agree with NumPy`() throws {
        let file = try #require(
            Bundle.module.url(
                forResource: "german_box_plots", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
        let figures = try AmountFigures(LoanOutcomes(kaggle: SharedData.germanRisk))
        #expect(figures.outsideAgeGroups == golden.outsideAgeGroups)
        #expect(figures.highAmount == golden.highAmount)
        for (groups, expected) in [(figures.ages, golden.age), (figures.jobs, golden.job)] {
            try #require(groups.count == expected.count)
            for (group, reference) in zip(groups, expected) {
                #expect(group.name == reference.group)
                #expect(group.count == reference.count)
                #expect(group.defaults == reference.defaults)
                #expect(group.highAmounts == reference.highAmounts)
                #expect(group.defaultsOfHighAmounts == reference.defaultsOfHighAmounts)
                #expect(group.medianOfAll == reference.medianOfAll)
                for (box, boxReference) in [
                    (group.good, reference.good), (group.bad, reference.bad),
                ] {
                    let box = try #require(box)
                    // Amounts are whole and quartile positions multiples of a quarter: no rounding.
                    #expect(box.count == boxReference.count)
                    #expect(box.lowerWhisker == boxReference.lowerWhisker)
                    #expect(box.lowerQuartile == boxReference.lowerQuartile)
                    #expect(box.median == boxReference.median)
                    #expect(box.upperQuartile == boxReference.upperQuartile)
                    #expect(box.upperWhisker == boxReference.upperWhisker)
                    #expect(box.outliers == boxReference.outliers)
                }
            }
        }
    }

    @Test func `The paper's readings fare as the README says`() throws {
        let readings = try AmountFigures(LoanOutcomes(kaggle: SharedData.germanRisk)).readings
        #expect(
            readings.map(\.verdict) == [
                .holds, .withinChance, .withinChance, .withinChance, .holds, .fails, .holds,
            ])
        #expect(readings[0].evidence.contains("1,520 at 60-80, 2,116 at 40-60"))
        #expect(readings[5].evidence.contains("35.9 % at 20-30, 27.1 % at 40-60"))
    }
}
