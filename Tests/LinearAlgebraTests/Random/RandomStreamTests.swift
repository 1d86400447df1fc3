// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct RandomStreamTests {
    struct File: Decodable {
        struct Stream: Decodable {
            var seed: String
            var purpose: String?
            var index: Int?
            var words: [String]
        }
        var streams: [Stream]
        var children: [Stream]
        var quantiles: [[Double]]
    }

    @Test func wordsAreThoseOfNumPy() throws {
        let file: File = try golden("random")
        #expect(file.streams.count == 8 && file.children.count == 4)
        for expected in file.streams + file.children {
            var stream = RandomStream(seed: try #require(UInt64(expected.seed, radix: 16)))
            if let purpose = expected.purpose, let index = expected.index {
                stream = stream.child(purpose, index)
            }
            for word in expected.words { #expect(stream.next() == UInt64(word, radix: 16)) }
        }
    }

    @Test func normalQuantilesAgreeWithHighPrecision() throws {
        for pair in try golden("random", as: File.self).quantiles {
            expectClose(
                normalQuantile(pair[0]), pair[1], relative: 4e-15, absolute: 1e-16, "\(pair[0])")
        }
    }

    @Test func childrenDependOnTheKeyOnly() {
        let parent = RandomStream(seed: 11)
        var drawn = parent
        for _ in 0..<7 { _ = drawn.next() }
        #expect(parent.child("fold", 2) == drawn.child("fold", 2))
        #expect(parent != drawn)
        var seen: Set<UInt64> = []
        for purpose in ["", "fold", "folds", "tree"] {
            for index in 0..<50 {
                var child = parent.child(purpose, index)
                seen.insert(child.next())
                var grandchild = parent.child(purpose, index).child(purpose, index)
                seen.insert(grandchild.next())
            }
        }
        #expect(seen.count == 400)
    }

    @Test func decodedStreamsContinue() throws {
        for drawn in 0..<9 {
            var stream = RandomStream(seed: 5).child("x")
            for _ in 0..<drawn { _ = stream.next() }
            let data = try JSONEncoder().encode(stream)
            var decoded = try JSONDecoder().decode(RandomStream.self, from: data)
            #expect(decoded == stream && decoded.hashValue == stream.hashValue)
            for _ in 0..<6 { #expect(decoded.next() == stream.next()) }
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                RandomStream.self, from: Data(#"{"key":[1],"position":0}"#.utf8))
        }
    }

    /// Bits that no platform or later version may change.
    @Test func drawnNumbersArePinned() {
        var stream = RandomStream(seed: 2026)
        #expect(stream.uniform().bitPattern == 4_601_274_311_827_282_668)
        #expect(stream.normal().bitPattern == 13_824_351_314_364_589_164)
        #expect(stream.exponential().bitPattern == 4_593_208_752_184_859_207)
        #expect(stream.integer(below: 1000) == 956)
        #expect(stream.permutation(8) == [6, 3, 5, 2, 1, 0, 7, 4])
    }
}
