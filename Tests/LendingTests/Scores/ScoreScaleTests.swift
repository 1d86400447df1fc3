// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lending
import Testing
import _CreditTestSupport

@Suite struct ScoreScaleTests {
    let scale = ScoreScale.standard

    @Test func standardScaleHasThePublishedFactorAndOffset() throws {
        expectClose(scale.factor, 28.8539, absolute: 5e-5)
        expectClose(scale.offset, 487.1229, absolute: 5e-5)
        #expect(try scale.points(forDefaultProbability: 1.0 / 51) == 600)
        #expect(try ScoreScale() == scale)
    }

    @Test func pointsToDoubleOddsDoubleTheOdds() throws {
        for (odds, points) in [(25.0, 580), (50, 600), (100, 620), (200, 640), (12.5, 560)] {
            #expect(try scale.points(forDefaultProbability: 1 / (1 + odds)) == points)
        }
    }

    /// Points of other cards: 660 at 35:1 with 50 to double, worked out by hand.
    @Test func anotherScale() throws {
        let scale = try ScoreScale(
            basePoints: 660, baseOdds: 35, pointsToDoubleOdds: 50, range: 0...1000)
        #expect(try scale.points(forDefaultProbability: 1.0 / 36) == 660)
        #expect(try scale.points(forDefaultProbability: 1.0 / 71) == 710)
        #expect(try scale.points(forDefaultProbability: 0.5) == 404)  // 660 - 50 log2 35
    }

    @Test func extremesAreClamped() throws {
        #expect(try scale.points(forDefaultProbability: 0) == 850)
        #expect(try scale.points(forDefaultProbability: 1) == 300)
        #expect(try scale.points(forDefaultProbability: 1e-300) == 850)
        #expect(try scale.points(forDefaultProbability: 1.0.nextDown) == 300)
    }

    @Test(arguments: propertySeeds(4)) func higherProbabilityNeverGivesMorePoints(
        seed: UInt64
    ) throws {
        var generator = TestGenerator(seed: seed)
        let probabilities = (0..<2000).map { _ in Double.random(in: 0...1, using: &generator) }
        let points = try scale.points(forDefaultProbabilities: probabilities.sorted())
        for (left, right) in zip(points, points.dropFirst()) { #expect(left >= right) }
    }

    @Test func everyPointComesBack() throws {
        for points in scale.range {
            let probability = try scale.defaultProbability(forPoints: points)
            #expect(try scale.points(forDefaultProbability: probability) == points)
        }
    }

    /// The probability of `points` lies where the rounding of half a point above and below begins.
    @Test func roundingGoesToTheNearestPoint() throws {
        for points in [310, 480, 600, 777] {
            for (shift, expected) in [(0.49, points), (-0.49, points), (0.51, points + 1)] {
                let logit = (Double(points) + shift - scale.offset) / scale.factor
                let probability = 1 / (1 + exp(logit))
                #expect(try scale.points(forDefaultProbability: probability) == expected)
            }
        }
    }

    /// At even odds the points are the offset itself, which is half a point here.
    @Test(arguments: [(2.0, -1), (0.5, 1)]) func aTieGoesAwayFromZero(
        baseOdds: Double, expected: Int
    ) throws {
        let scale = try ScoreScale(
            basePoints: 0, baseOdds: baseOdds, pointsToDoubleOdds: 0.5, range: -10...10,
            gradeLimits: ScoreGrade.Limits(excellent: 4, good: 3, fair: 2, weak: 1))
        try #require(abs(scale.offset) == 0.5, "the test needs an exact tie, got \(scale.offset)")
        #expect(try scale.points(forDefaultProbability: 0.5) == expected)
    }

    @Test(arguments: [-0.1, 1.1, .nan, .infinity]) func otherProbabilitiesAreRefused(
        probability: Double
    ) {
        let error = #expect(throws: LendingError.self) {
            try scale.points(forDefaultProbability: probability)
        }
        #expect(error?.code == .invalidProbability)
        #expect(error?.message.contains("\(probability)") == true)
    }

    @Test func aListNamesTheIndex() {
        let error = #expect(throws: LendingError.self) {
            try scale.points(forDefaultProbabilities: [0.1, 0.2, 3])
        }
        #expect(error?.message.contains("index 2") == true)
    }

    @Test(arguments: [299, 851, .min, .max]) func pointsOutsideAreRefused(points: Int) {
        #expect(throws: LendingError.self) { try scale.defaultProbability(forPoints: points) }
        let error = #expect(throws: LendingError.self) { try scale.grade(forPoints: points) }
        #expect(error?.code == .pointsOutOfRange)
    }

    @Test func gradesCoverTheRangeWithoutGapsAndBeginAtTheirLimits() throws {
        for (points, grade) in [
            (300, ScoreGrade.poor), (499, .poor), (500, .weak), (529, .weak), (530, .fair),
            (559, .fair), (560, .good), (599, .good), (600, .excellent), (850, .excellent),
        ] {
            #expect(try scale.grade(forPoints: points) == grade, "\(points)")
        }
        let points = ScoreGrade.allCases.flatMap { Array(scale.range(of: $0)) }
        #expect(points == Array(scale.range))
        #expect(ScoreGrade.allCases.sorted() == ScoreGrade.allCases)
        #expect(ScoreGrade.allCases.map(\.rawValue) == ["E", "D", "C", "B", "A"])
    }

    @Test func contradictingScalesAreRefused() {
        let wrong: [() throws -> ScoreScale] = [
            { try ScoreScale(baseOdds: 0) }, { try ScoreScale(baseOdds: .nan) },
            { try ScoreScale(baseOdds: .infinity) }, { try ScoreScale(pointsToDoubleOdds: 0) },
            { try ScoreScale(pointsToDoubleOdds: -.infinity) },
            { try ScoreScale(range: 300...300) },
            { try ScoreScale(basePoints: .max) }, { try ScoreScale(range: 520...850) },
            { try ScoreScale(range: Int.min...Int.max) },
            {
                try ScoreScale(
                    gradeLimits: ScoreGrade.Limits(excellent: 600, good: 600, fair: 530, weak: 500))
            },
        ]
        for make in wrong {
            let error = #expect(throws: LendingError.self) { try make() }
            #expect(error?.code == .invalidScale)
        }
    }

    @Test func bytesAndJSONComeBackAndNameTheScale() throws {
        let other = try ScoreScale(pointsToDoubleOdds: 21)
        for scale in [scale, other] {
            #expect(try ScoreScale(canonicalBytes: scale.canonicalBytes) == scale)
            let json = try JSONEncoder().encode(scale)
            #expect(try JSONDecoder().decode(ScoreScale.self, from: json) == scale)
        }
        #expect(scale.digest.count == 32)
        #expect(scale.digest != other.digest)
        #expect(scale.identifier != other.identifier)
        #expect((1...64).contains(scale.identifier.utf8.count))
    }

    @Test func everyChangedByteIsRefusedOrAnotherScale() throws {
        let bytes = scale.canonicalBytes
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x10
            if let read = try? ScoreScale(canonicalBytes: changed) { #expect(read != scale) }
        }
        for wrong in [[], Array(bytes.dropLast()), bytes + [0]] {
            let error = #expect(throws: LendingError.self) {
                try ScoreScale(canonicalBytes: wrong)
            }
            #expect(error?.code == .invalidScale)
        }
    }

    @Test func decodingChecksWhatIsRead() throws {
        let json = try #require(
            String(data: JSONEncoder().encode(scale), encoding: .utf8))
        for (old, new) in [
            ("\"baseOdds\":50", "\"baseOdds\":-50"), ("\"lowest\":300", "\"lowest\":900"),
        ] {
            let wrong = json.replacingOccurrences(of: old, with: new)
            try #require(wrong != json)
            #expect(throws: (any Error).self) {
                try JSONDecoder().decode(ScoreScale.self, from: Data(wrong.utf8))
            }
        }
    }
}
