// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import PeerBenchKit
import Testing

/// A check that lets a wrong result pass would publish the time of a wrong program.
@Suite struct AgreementTests {
    @Test func oneWrongElementOfAProductIsFound() throws {
        let a = Matrix<Float>.random(.normal, shape: [60, 60], seed: 1)
        let b = Matrix<Float>.random(.normal, shape: [60, 60], seed: 2)
        var c = Matrix<Float>.zeros(60, 60)
        for row in 0..<60 {
            for column in 0..<60 {
                for inner in 0..<60 { c[row, column] += a[row, inner] * b[inner, column] }
            }
        }
        #expect(throws: Never.self) { try compare(a, b, c) }
        c[51, 40] += 0.01
        #expect(throws: BenchmarkError.self) { try compare(a, b, c) }
        c[51, 40] = .nan
        #expect(throws: BenchmarkError.self) { try compare(a, b, c) }
    }

    @Test(arguments: [Double.nan, .infinity, 2.1, 1.9])
    func valuesBeyondTheLimit(wrong: Double) {
        let error = #expect(throws: BenchmarkError.self) {
            try requireAgreement("x", [1, 2, 3, wrong], [1, 2, 3, 2], limit: 0.01) { _ in 1 }
        }
        #expect(error?.code == .wrongResult)
        #expect(error?.message.hasPrefix("x: element 3 is ") == true)
    }

    @Test func missingElements() {
        #expect(throws: BenchmarkError.self) {
            try requireAgreement("x", [1], [1, 2], limit: 1) { _ in 1 }
        }
    }

    @Test func theLargestRelativeErrorIsReported() throws {
        let error = try requireAgreement("x", [1, 2.5, 30], [1, 2, 31], limit: 1) {
            [1, 2, 10][$0]
        }
        #expect(error == 0.25)
    }

    @Test func compensatedSumKeepsSmallTerms() {
        #expect(compensatedSum([1, 1e100, 1, -1e100]) == 2)
        #expect(compensatedSum([]) == 0)
    }

    @Test func referenceMatrix() {
        let matrix = ReferenceMatrix(2, 3, [1, 2, 3, -4, 5, 6])
        #expect(matrix.times([1, 10, 100]) == [321, 646])
        #expect(matrix.transposedTimes([1, 10]) == [-39, 52, 63])
        #expect(matrix.transposed.times([1, 10]) == [-39, 52, 63])
        #expect(matrix.magnitudes.times([1, 0, 0]) == [1, 4])
    }

    private func compare(_ a: Matrix<Float>, _ b: Matrix<Float>, _ c: Matrix<Float>) throws {
        let vector = probe(60)
        _ = try requireCloseProduct(
            "A B", ReferenceMatrix(c).times(vector),
            ReferenceMatrix(a).times(ReferenceMatrix(b).times(vector)), length: 60,
            epsilon: Double(Float.ulpOfOne))
    }
}
