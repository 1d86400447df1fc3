// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing

@Suite struct FunctionTests {
    @Test func selectionsKeepNaN() {
        check(as: Double.self)
        check(as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(as: Scalar.Type) {
        let v = Vector<Scalar>([-.infinity, -2, -0.0, 0, 0.5, 3, .infinity, .nan])
        var (relu, sign, clipped) = (v, v, v)
        relu.formRelu()
        sign.formSign()
        clipped.clip(to: -1...2)
        #expect(v.relu().elements.dropLast() == [0, 0, 0, 0, 0.5, 3, .infinity])
        #expect(v.sign().elements.dropLast() == [-1, -1, 0, 0, 1, 1, 1])
        #expect(v.clipped(to: -1...2).elements.dropLast() == [-1, -1, 0, 0, 0.5, 2, 2])
        for (value, inPlace) in [
            (v.relu(), relu), (v.sign(), sign), (v.clipped(to: -1...2), clipped),
        ] {
            #expect(value[7].isNaN && value[2].sign == .minus && value[3].sign == .plus)
            #expect(value[0..<7] == inPlace[0..<7] && inPlace[7].isNaN)
        }
    }

    @Test func fusedMultiplyAddRoundsOnce() {
        let stream = TensorPair(seed: 11)
        let (a, b, c) = (stream.a, stream.b, stream.c)
        let fused = c.addingProduct(a, b)
        var twice = c
        twice += a * b
        for index in c.indices {
            #expect(fused[index] == c[index].addingProduct(a[index], b[index]))
        }
        #expect(fused != twice)
        var inPlace = c
        inPlace.addProduct(a, b)
        #expect(inPlace == fused)
        let single = Vector<Float>([1]).addingProduct([3], [-0.5])
        #expect(single == [-0.5])
    }

    private struct TensorPair {
        var a, b, c: Vector<Double>

        init(seed: UInt64) {
            a = .random(.normal, shape: [99], seed: seed)
            b = .random(.normal, shape: [99], seed: seed + 1)
            c = .random(.normal, shape: [99], seed: seed + 2)
        }
    }

    @Test func powersOfEveryForm() {
        let bases: Vector<Double> = [2, -2, 0, 9, .nan, 1, -8]
        let squares = bases.pow(2)
        #expect(squares[0..<4] == [4, 4, 0, 81] && squares[4].isNaN && squares[6] == 64)
        #expect(bases.pow(0) == .ones(7))
        let cubes = bases.pow([3, 3, 3, 0.5, 0, .nan, 1 / 3])
        #expect(cubes[0..<6] == [8, -8, 0, 3, 1, 1] && cubes[6].isNaN)
        #expect(Vector.pow(2, [10, -1, .infinity]) == [1024, 0.5, .infinity])
        var inPlace: Vector<Float> = [4, 25]
        inPlace.formPow(0.5)
        #expect(inPlace == [2, 5])
        inPlace.formPow([2, -1])
        #expect(inPlace == [4, 0.2])
    }

    @Test func exactPoints() {
        #expect(Vector([0.0]).softplus() == [0.6931471805599453])
        #expect(Vector([Double.infinity, -.infinity]).softplus() == [.infinity, 0])
        #expect(Vector([-Double.infinity, .infinity, 0]).expm1() == [-1, .infinity, 0])
        #expect(Vector([-1, 0, Double.infinity]).log1p() == [-.infinity, 0, .infinity])
        #expect(Vector([-1.5]).log1p()[0].isNaN)
        #expect(Vector([-Double.infinity, 0, .infinity]).erf() == [-1, 0, 1])
        for value in [Vector([-0.0]).expm1(), Vector([-0.0]).log1p(), Vector([-0.0]).erf()] {
            #expect(value[0] == 0 && value[0].sign == .minus)
        }
    }
}
