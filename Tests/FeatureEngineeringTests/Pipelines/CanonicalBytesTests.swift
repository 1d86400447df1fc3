// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import LinearAlgebra
import Testing

struct PipelineCanonicalBytesTests {
    private func fitted() throws -> FittedPipeline {
        try Pipeline(
            .exclude("note"), .impute(.median, categorical: .level("none"), indicators: true),
            .clip(quantiles: 0...0.5, only: ["x"]), .oneHot(dropFirst: true, unknown: .ownLevel),
            .standardise(only: ["x"]), .exclude("x (missing)")
        ).fit(
            Table([
                .numeric("x", [1, nil, 3, 5]), .categorical("c", ["b", nil, "a", "a"]),
                .text("note", [nil, nil, nil, nil]),
            ]))
    }

    /// The bytes that version 1 has always had; a change here needs a new version.
    @Test func theBytesOfVersion1() throws {
        let bytes = CanonicalEncoder.bytes(of: try fitted())
        #expect(
            Hexadecimal.string(SHA256Hash.hash(bytes))
                == "64d565bea97e9a011a0b6c54e3a812db599c979dc8a30139dbbc8703d2c935cd")
        #expect(bytes.starts(with: [0, 1, 6, 0, 1, 4] + Array("note".utf8)))
    }

    /// The same for the steps whose arithmetic does not depend on the BLAS in use.
    @Test func theBytesOfLaterSteps() throws {
        let table = try Table([
            .numeric("x", [1, nil, 3, 5, 100, 2]), .numeric("y", [2, 4, nil, 8, 9, 3]),
        ])
        let fitted = try Pipeline(
            .eliminateOutliers(.interquartileRange(multiple: 1.5)),
            .winsorise(.shares(lower: 0.2, upper: 0), only: ["y"]),
            .winsorise(.limits(lower: nil, upper: 4.5), only: ["x"]),
            .imputeFromNeighbours(2, weighting: .distance, indicators: true)
        ).fit(table)
        #expect(fitted.outlierReports.map(\.outlierCount) == [1])
        #expect(
            Hexadecimal.string(fitted.digest)
                == "a606f5dcc004abe6e30587477d1190f3e2f8eb63a4e33247bc4d98a1cde04538")
        let decoded = try FittedPipeline(canonicalBytes: fitted.canonicalBytes)
        #expect(decoded == fitted && decoded.digest == fitted.digest)
        let error = #expect(throws: FeatureError.self) {
            try FittedPipeline(canonicalBytes: [0, 2] + fitted.canonicalBytes.dropFirst(2))
        }
        #expect(error?.code == .invalidBytes)
        #expect(error?.message.contains("version 2 of a pipeline; only 1 is known") == true)
    }

    @Test func otherVersionsAndStepsAreRefused() throws {
        var bytes = CanonicalEncoder.bytes(of: try fitted())
        bytes[1] = 2
        #expect(throws: CanonicalDecodingError.self) {
            try CanonicalDecoder.decode(FittedPipeline.self, from: bytes)
        }
        #expect(throws: CanonicalDecodingError.self) {
            try CanonicalDecoder.decode(Pipeline.self, from: [0, 1, 1, 255])
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                [FittedPipeline].self, from: JSONEncoder().encode([Data(bytes)]))
        }
    }

    @Test func bytesThatAreCutAreRefused() throws {
        let bytes = CanonicalEncoder.bytes(of: try fitted())
        for count in bytes.indices {
            #expect(throws: CanonicalDecodingError.self) {
                try CanonicalDecoder.decode(FittedPipeline.self, from: Array(bytes[..<count]))
            }
        }
        #expect(throws: CanonicalDecodingError.self) {
            try CanonicalDecoder.decode(FittedPipeline.self, from: bytes + [0])
        }
    }

    /// Well-formed bytes with a number that fitting never gives.
    @Test(arguments: [
        (2.0.squareRoot(), 0.0), (2.0.squareRoot(), -1), (2.0.squareRoot(), .infinity),
        (2.0.squareRoot(), .nan), (3.0, .nan), (1.5, 4.25), (4.0, .infinity), (3.5, -.infinity),
    ])
    func numbersThatFittingNeverGivesAreRefused(learnt: Double, wrong: Double) throws {
        // Median 3, mean 3, deviation sqrt(2), and limits 1.5 and 4 of a second column.
        let pipeline = try Pipeline(
            .impute(only: ["x"]), .standardise(only: ["x"]),
            .clip(quantiles: 0...1, only: ["y"]), .impute(only: ["z"])
        ).fit(
            Table([
                .numeric("x", [1, 3, 5, 3]), .numeric("y", [1.5, 4, 3, 2]),
                .numeric("z", [3.5, 3.5, 3.5, 3.5]),
            ]))
        let bytes = CanonicalEncoder.bytes(of: pipeline)
        func pattern(_ number: Double) -> [UInt8] {
            var encoder = CanonicalEncoder()
            encoder.encode(number)
            return encoder.bytes
        }
        let forged = bytes.replacing(pattern(learnt), with: pattern(wrong))
        #expect(throws: CanonicalDecodingError.self) {
            try CanonicalDecoder.decode(FittedPipeline.self, from: forged)
        }
    }

    /// Any single wrong byte is refused, or gives another valid pipeline that keeps its own bytes
    /// and whose features are finite numbers of the right count, or errors; nothing crashes.
    @Test func wrongBytesNeverCrash() throws {
        let bytes = CanonicalEncoder.bytes(of: try fitted())
        let table = try Table([.numeric("x", [1, nil]), .categorical("c", ["b", nil])])
        var refused = 0
        for index in bytes.indices {
            for change in [1, 0x80, 0xFF] as [UInt8] {
                var wrong = bytes
                wrong[index] ^= change
                do {
                    let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: wrong)
                    #expect(CanonicalEncoder.bytes(of: decoded) == wrong)
                    if let features = try? decoded.transform(table) {
                        #expect(features.matrix.elements.allSatisfy { $0.isFinite })
                        #expect(features.matrix.elements.count == 2 * features.names.count)
                    }
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > bytes.count, "\(refused) of \(3 * bytes.count) refused")
    }
}
