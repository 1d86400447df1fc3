// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing

/// A shape mistake ends the process, and in debug builds the message names both shapes.
@Suite struct ShapeExitTests {
    private func expectMessage(_ result: ExitTest.Result?, _ parts: String...) {
        #if DEBUG
            let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
            for part in parts { #expect(message.contains(part), "\(message)") }
        #endif
    }

    @Test func elementwiseShapesDiffer() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 3) + Matrix<Double>.zeros(3, 2)
        }
        expectMessage(result, "2 x 3", "3 x 2")
    }

    @Test func inPlaceShapesDiffer() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var vector = Vector<Float>.zeros(4)
            vector *= Vector<Float>.zeros(5)
        }
        expectMessage(result, "4", "5")
    }

    @Test func formsNameBothShapes() async {
        let function = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var target = Matrix<Double>.zeros(2, 3)
            target.formExp(of: .zeros(3, 2))
        }
        expectMessage(function, "2 x 3", "3 x 2")
        let combination = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var target = Vector<Float>.zeros(5)
            target.formLinearCombination(1, .zeros(5), 2, .zeros(6))
        }
        expectMessage(combination, "5", "6")
        let reduction = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var target = Vector<Double>.zeros(3)
            target.formSum(of: .zeros(2, 3), .alongRows)
        }
        expectMessage(reduction, "2 x 3", "rows into 3")
        let broadcast = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var target = Matrix<Double>.zeros(2, 3)
            target.formAddingToRows(.zeros(2, 3), .zeros(2))
        }
        expectMessage(broadcast, "2 elements", "2 x 3")
        let transposition = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var target = Matrix<Double>.zeros(2, 3)
            target.formTransposition(of: .zeros(2, 3))
        }
        expectMessage(transposition, "2 x 3 into 2 x 3")
        let gather = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var target = Matrix<Double>.zeros(2, 3)
            target.formGatheringColumns(of: .zeros(2, 4), [0, 1])
        }
        expectMessage(gather, "2 x 4", "2 x 3")
    }

    @Test func innerDimensionsDiffer() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 3).transposed.matmul(Matrix<Double>.zeros(3, 7))
        }
        expectMessage(result, "3 x 2", "3 x 7")
    }

    @Test func vectorDoesNotFitMatrix() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 3).matmul(Vector<Double>.zeros(11))
        }
        expectMessage(result, "2 x 3", "11")
    }

    @Test func productDoesNotFitStorage() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var target = Matrix<Double>.zeros(9, 9)
            target.formProduct(Matrix<Double>.zeros(2, 3), Matrix<Double>.zeros(3, 7))
        }
        expectMessage(result, "2 x 3", "3 x 7", "9 x 9")
    }

    @Test func dimensionsBeyondTheBLAS() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = blasInteger(1 << 31)
        }
        expectMessage(result, "2147483648", "32-bit")
    }

    @Test func factorisationsNeedSquareMatrices() async {
        let cholesky = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = try? Matrix<Double>.zeros(2, 3).cholesky()
        }
        expectMessage(cholesky, "2 x 3")
        let lu = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.identity(2).lu().solve(Vector<Double>.zeros(5))
        }
        expectMessage(lu, "2 x 2", "5 x 1")
    }

    @Test func subscriptsStayInside() async {
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>.zeros(2, 3)[0, 3] }
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>.zeros(2, 3)[-1, 0] }
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>.zeros(2, 3).row(2) }
        await #expect(processExitsWith: .failure) { _ = Vector<Double>.zeros(0).max() }
    }

    @Test func functionsAndReductionsNameWhatIsWrong() async {
        let product = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Vector<Double>.zeros(4).addingProduct(.zeros(4), .zeros(6))
        }
        expectMessage(product, "4", "6")
        let position = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 0).argmin(.alongRows)
        }
        expectMessage(position, "2 x 0")
        let quantile = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Vector<Double>.zeros(4).quantile(1.5)
        }
        expectMessage(quantile, "1.5")
        let edges = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Vector<Double>.zeros(4).histogram(edges: [3, 2])
        }
        expectMessage(edges, "3.0", "2.0")
    }

    @Test func elementsMustFillTheShape() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix(rowCount: 2, columnCount: 2, elements: [1.0, 2, 3])
        }
        expectMessage(result, "3 elements", "2 x 2")
        let ragged = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix(rows: [[1.0, 2], [3]])
        }
        expectMessage(ragged, "row 1 has 1")
    }
}
