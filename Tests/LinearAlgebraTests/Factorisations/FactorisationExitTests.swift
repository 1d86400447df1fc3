// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing

/// A shape mistake ends the process, and in debug builds the message names both shapes.
@Suite struct FactorisationExitTests {
    private func expectMessage(_ result: ExitTest.Result?, _ parts: String...) {
        #if DEBUG
            let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
            for part in parts { #expect(message.contains(part), "\(message)") }
        #endif
    }

    @Test func squareFactorisations() async {
        let ldl = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.zeros(2, 3).ldl()
        }
        expectMessage(ldl, "2 x 3", "not square")
        let eigen = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.zeros(2, 3).symmetricEigen()
        }
        expectMessage(eigen, "2 x 3")
        let general = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = try? Matrix<Double>.zeros(4, 3).eigenvalues()
        }
        expectMessage(general, "4 x 3")
        let pair = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.identity(2).generalisedSymmetricEigen(.identity(3))
        }
        expectMessage(pair, "2 x 2", "3 x 3")
    }

    @Test func rightHandSides() async {
        let ldl = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.identity(2).ldl().solve(Vector<Double>.zeros(5))
        }
        expectMessage(ldl, "2 x 2", "5 x 1")
        let wide = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.zeros(2, 3).qr().solve(Vector<Double>.zeros(2))
        }
        expectMessage(wide, "2 x 3", "2 x 1")
        let svd = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.identity(3).svd().solve(Vector<Double>.zeros(2))
        }
        expectMessage(svd, "3 x 3", "2 x 1")
        let fit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.zeros(4, 3).leastSquares(Vector<Double>.zeros(5))
        }
        expectMessage(fit, "4 x 3", "5 x 1")
        let update = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = try? Matrix<Double>.identity(3).cholesky().updated(.zeros(2))
        }
        expectMessage(update, "3 x 3", "2")
        let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try? Matrix<Double>.identity(3).qr().rank()
        }
        expectMessage(rank, "without pivoting")
    }

    @Test func products() async {
        let gemv = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var y = Vector<Double>.zeros(7)
            y.formProduct(Matrix<Double>.zeros(2, 3), Vector.zeros(3))
        }
        expectMessage(gemv, "2 x 3", "7")
        let ger = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var a = Matrix<Double>.zeros(2, 3)
            a.addOuterProduct(.zeros(3), .zeros(5))
        }
        expectMessage(ger, "2 x 3", "3 and 5")
        let gram = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var a = Matrix<Double>.zeros(2, 2)
            a.formGram(of: Matrix<Double>.zeros(2, 3))
        }
        expectMessage(gram, "2 x 3", "2 x 2")
        let side = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Matrix<Double>.identity(3).lowerTriangle().matmul(.zeros(3, 2), side: .right)
        }
        expectMessage(side, "3 x 3", "3 x 2", "right")
        let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let a = Tensor<3, Double>(shape: [2, 3, 4], repeating: 0)
            _ = a.batchedMatmul(Tensor<3, Double>(shape: [3, 4, 5], repeating: 0))
        }
        expectMessage(batch, "2 x 3 x 4", "3 x 4 x 5")
        let distance = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 3).pairwiseSquaredDistances(to: .zeros(2, 4))
        }
        expectMessage(distance, "2 x 3", "2 x 4")
        let selection = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Matrix<Double>.zeros(2, 3).smallestInRows(4)
        }
        expectMessage(selection, "4 elements", "2 x 3")
    }
}
