// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing

/// Points with exact results, as Scripts/golden/linear_algebra_kernels.py and
/// linear_algebra_functions.py write them.
struct KernelCase: Decodable, Sendable, CustomTestStringConvertible {
    var function: String
    var scalar: String
    var inputs: Data
    var exponents: Data?
    var expected: Data
    var residual: Data

    var testDescription: String { "\(function) of \(scalar)" }

    static let all: [KernelCase] = {
        struct File: Decodable { var cases: [KernelCase] }
        let files = ["kernels", "functions"].map { try? golden($0, as: File.self).cases }
        return files.flatMap { $0 ?? [] }
    }()
}

@Suite struct KernelGoldenTests {
    @Test func goldenFileIsComplete() { #expect(KernelCase.all.count == 18) }

    @Test(arguments: KernelCase.all)
    func staysWithinOneAndAHalfUlps(of kernel: KernelCase) {
        switch kernel.scalar {
        case "Double": check(kernel, as: Double.self)
        default: check(kernel, as: Float.self)
        }
    }

    private func check<Scalar: LinearAlgebraScalar>(_ kernel: KernelCase, as: Scalar.Type) {
        let inputs: [Scalar] = elements(kernel.inputs)
        let expected: [Scalar] = elements(kernel.expected)
        let residual: [Int8] = elements(kernel.residual)
        #expect(inputs.count > 1000 && expected.count == inputs.count)
        let actual = apply(
            kernel.function, to: Vector(inputs),
            exponents: Vector(elements(kernel.exponents ?? Data())))
        var worst = (error: Scalar(0), input: Scalar(0))
        for (index, input) in inputs.enumerated() {
            let (got, want) = (actual[index], expected[index])
            if got.isNaN && want.isNaN { continue }
            if !want.isFinite || want == 0 && residual[index] == 0 {
                #expect(got == want && got.sign == want.sign, "at \(input)")
                continue
            }
            let error = abs((got - want) / want.ulp - Scalar(residual[index]) / 128)
            if !(error <= worst.error) { worst = (error, input) }
        }
        // The bound of the documentation.
        #expect(worst.error <= 1.5, "at \(worst.input)")
    }

    @Test(arguments: [
        "exp", "expm1", "log", "log1p", "tanh", "sigmoid", "softplus", "erf", "pow",
    ])
    func loopBodyAndTailGiveTheSameBits(function: String) {
        let inputs = (0..<77).map { Double($0) * 0.37 - 9 }
        let exponents = (0..<77).map { Double($0 % 7) - 2.5 }
        let whole = apply(function, to: Vector(inputs), exponents: Vector(exponents))
        for count in [1, 3, 7, 8, 9, 15, 33] {
            let part = apply(
                function, to: Vector(inputs.suffix(count)),
                exponents: Vector(exponents.suffix(count)))
            for index in 0..<count {
                #expect(
                    part[index].bitPattern == whole[inputs.count - count + index].bitPattern
                        || part[index].isNaN && whole[inputs.count - count + index].isNaN)
            }
        }
    }

    private func apply<Scalar: LinearAlgebraScalar>(
        _ function: String, to vector: Vector<Scalar>, exponents: Vector<Scalar>
    ) -> Vector<Scalar> {
        var inPlace = vector
        let value: Vector<Scalar>
        switch function {
        case "exp": (value, _) = (vector.exp(), inPlace.formExp())
        case "log": (value, _) = (vector.log(), inPlace.formLog())
        case "tanh": (value, _) = (vector.tanh(), inPlace.formTanh())
        case "sigmoid": (value, _) = (vector.sigmoid(), inPlace.formSigmoid())
        case "expm1": (value, _) = (vector.expm1(), inPlace.formExpm1())
        case "log1p": (value, _) = (vector.log1p(), inPlace.formLog1p())
        case "softplus": (value, _) = (vector.softplus(), inPlace.formSoftplus())
        case "erf": (value, _) = (vector.erf(), inPlace.formErf())
        default: (value, _) = (vector.pow(exponents), inPlace.formPow(exponents))
        }
        for index in value.indices where !value[index].isNaN {
            #expect(inPlace[index] == value[index])
        }
        return value
    }

    private func elements<Element>(_ data: Data) -> [Element] {
        data.withUnsafeBytes { bytes in
            (0..<bytes.count / MemoryLayout<Element>.stride).map {
                bytes.loadUnaligned(
                    fromByteOffset: $0 * MemoryLayout<Element>.stride, as: Element.self)
            }
        }
    }
}
