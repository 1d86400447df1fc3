// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing

/// What does not fit ends the process, and in debug builds the message names both shapes.
@Suite struct SliceExitTests {
    private func expectMessage(_ result: ExitTest.Result?, _ parts: String...) {
        #if DEBUG
            let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
            for part in parts { #expect(message.contains(part), "\(message)") }
        #endif
    }

    @Test func reshapingKeepsTheCount() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 3).reshaped(to: [7])
        }
        expectMessage(result, "2 x 3", "of 7")
    }

    @Test func rangesStayInside() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 3)[0..., 1..<4]
        }
        expectMessage(result, "1..<4", "2 x 3")
        await #expect(processExitsWith: .failure) {
            _ = Tensor<3, Double>.zeros(shape: [2, 2, 2])[0, 2, 0]
        }
        await #expect(processExitsWith: .failure) {
            _ = Tensor<3, Double>.zeros(shape: [2, 2, 2])[-1]
        }
        await #expect(processExitsWith: .failure) { _ = Vector<Double>.zeros(2).gathering([2]) }
    }

    @Test func writtenBlocksHaveTheirShape() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var matrix = Matrix<Double>.zeros(5, 5)
            matrix[0..<2, 0..<3] = .zeros(3, 2)
        }
        expectMessage(result, "3 x 2", "2 x 3")
        let rows = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var matrix = Matrix<Double>.zeros(5, 4)
            matrix.scatter(.zeros(2, 3), at: [0, 1])
        }
        expectMessage(rows, "5 x 4", "2 x 3")
    }

    @Test func masksHaveTheTensorsShape() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 3)[Matrix<Double>.zeros(3, 2) .> 0]
        }
        expectMessage(result, "3 x 2", "2 x 3")
        await #expect(processExitsWith: .failure) {
            var vector = Vector([1.0, 2])
            vector[vector .> 0] = [1]
        }
    }

    @Test func joinedShapesAgree() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix.concatenated([Matrix<Double>.zeros(2, 3), .zeros(2, 4)])
        }
        expectMessage(result, "2 x 3", "2 x 4")
        let stacked = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix.stacked([Vector<Double>.zeros(2), .zeros(3)])
        }
        expectMessage(stacked, "2 and 3")
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>.concatenated([]) }
    }
}
