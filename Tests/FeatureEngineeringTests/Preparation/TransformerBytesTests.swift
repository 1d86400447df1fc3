// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import LinearAlgebra
import Testing

/// The canonical bytes of a pipeline with every transformer and selection.
@Suite("PR1: files of transformers")
struct TransformerBytesTests {
    private let table: Table

    init() throws {
        func values<Value>(_ value: (Int) -> Value) -> [Value] { (0..<24).map(value) }
        let numbers: [Double?] = values { $0 == 3 ? nil : Double($0 * $0 % 29) - 4 }
        let levels: [String?] = values { $0 == 9 ? nil : ["p", "q", "r"][$0 % 5 % 3] }
        let days: [CalendarDate?] = values { CalendarDate(daysSince1970: 19_000 + 17 * $0) }
        let classes: [String?] = values { $0 % 3 == 0 || $0 > 18 ? "bad" : "good" }
        table = try Table([
            .numeric("x", numbers),
            .numeric("y", values { Double($0 * 7 % 11) }),
            .numeric("z", values { Double($0 * 5 % 13) }),
            .categorical("c", values { ["a", "b", "c"][$0 % 7 % 3] }),
            .categorical("d", levels),
            .categorical("e", values { ["u", "v"][$0 % 2] }),
            .text("t", values { "name \($0)" }),
            .date("day", days),
            .categorical("class", classes),
        ])
    }

    private func fitted() throws -> FittedPipeline {
        try Pipeline(
            .dateParts([.month, .monthCycle, .daysSince(try #require(CalendarDate("2020-02-29")))]),
            .hashEncode(buckets: 2, only: ["t"]), .groupRareLevels(below: 0.3, only: ["c"]),
            .ordinal(unknown: .value(-1), only: ["c"]),
            .targetEncode(smoothing: .fixed(2), folds: 3, seed: 5, only: ["d"]),
            .hashEncode(buckets: 3, signed: false, only: ["e"]),
            .logarithm(.signed, only: ["x"]), .yeoJohnson(only: ["y"]),
            .quantileTransform(.normal, quantiles: 4, only: ["z"]),
            .robustScale(quantiles: 0.2...0.9, only: ["day.month"]), .impute(),
            .minMaxScale(clip: true, only: ["day.daysSince 2020-02-29"]),
            .maxAbsScale(only: ["x"]), .selectFeatures(by: .variance(above: 0.001)),
            .selectFeatures(by: .correlation(above: 0.9, .spearman)),
            .selectFeatures(by: .informationValue(.highest(9), bins: 3)),
            .selectFeatures(by: .mutualInformation(.highest(8))),
            .selectFeatures(by: .varianceInflation(above: 50))
        ).fit(table, target: "class", positive: "bad")
    }

    /// The bytes that these steps have always had; a change here needs a new version.
    @Test func theBytesOfVersion1() throws {
        let bytes = CanonicalEncoder.bytes(of: try fitted())
        #expect(
            Hexadecimal.string(SHA256Hash.hash(bytes))
                == "52e2645695abf1e92d33e6c43953e7eecc8e404dff63d3e9f40c577b3b5a89d1")
        let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: bytes)
        #expect(try decoded == fitted())
        #expect(CanonicalEncoder.bytes(of: decoded) == bytes)
        let features = try decoded.transform(table)
        #expect(try features == fitted().transform(table))
        for row in [0, 3, 9, 23] {
            #expect(try decoded.transform(table[row]) == features.matrix.row(row).elements)
        }
    }

    @Test func recipesKeepTheirParametersInJSON() throws {
        let recipe = try fitted().recipe
        let coded = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(Pipeline.self, from: coded) == recipe)
        let bytes = CanonicalEncoder.bytes(of: recipe)
        #expect(try CanonicalDecoder.decode(Pipeline.self, from: bytes) == recipe)
    }

    @Test func bytesThatAreCutAreRefused() throws {
        let bytes = CanonicalEncoder.bytes(of: try fitted())
        for count in stride(from: 0, to: bytes.count, by: 3) {
            #expect(throws: CanonicalDecodingError.self) {
                try CanonicalDecoder.decode(FittedPipeline.self, from: Array(bytes[..<count]))
            }
        }
    }

    /// Any single wrong byte is refused, or gives another valid pipeline that keeps its own bytes
    /// and whose features are finite numbers of the right count, or errors; nothing crashes.
    @Test func wrongBytesNeverCrash() throws {
        let bytes = CanonicalEncoder.bytes(of: try fitted())
        let rows = table[rows: [0, 3, 9, 23]]
        var refused = 0
        for index in bytes.indices {
            var wrong = bytes
            wrong[index] ^= [1, 0x80, 0xFF][index % 3]
            do {
                let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: wrong)
                #expect(CanonicalEncoder.bytes(of: decoded) == wrong)
                if let features = try? decoded.transform(rows) {
                    #expect(features.matrix.elements.allSatisfy { $0.isFinite })
                    #expect(features.matrix.elements.count == 4 * features.names.count)
                }
            } catch {
                refused += 1
            }
        }
        #expect(refused > bytes.count / 3, "\(refused) of \(bytes.count) refused")
    }
}
