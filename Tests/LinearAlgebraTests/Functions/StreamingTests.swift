// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

/// Outputs that go to memory past the caches: the bits of those that do not, wherever they begin and
/// end, and nothing beside them is touched.
@Suite struct StreamingTests {
    @Test func kernels() {
        check(as: Float.self)
        check(as: Double.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(as: Scalar.Type) {
        let functions: [_ElementwiseFunction] = [
            .exp, .expm1, .log, .log1p, .softplus, .erf, .relu, .sign, .tanh, .sigmoid,
            .squareRoot, .absolute,
        ]
        for function in functions {
            expectSame("\(function)") { (count, a: UnsafePointer<Scalar>, _, output, streaming) in
                Scalar._evaluate(function, count, a, output, streaming: streaming)
            }
        }
        for operation in [_ElementwiseOperation.add, .subtract, .multiply, .divide, .power] {
            expectSame("\(operation)") { (count, a: UnsafePointer<Scalar>, b, output, streaming) in
                Scalar._combine(operation, count, a, b, output, streaming: streaming)
            }
            expectSame("\(operation) 3") {
                (count, a: UnsafePointer<Scalar>, _, output, streaming) in
                Scalar._combine(operation, count, a, scalar: 3, output, streaming: streaming)
            }
            expectSame("3 \(operation)") {
                (count, a: UnsafePointer<Scalar>, _, output, streaming) in
                Scalar._combine(operation, count, scalar: 3, a, output, streaming: streaming)
            }
        }
        expectSame("2 a - b / 2") { (count, a: UnsafePointer<Scalar>, b, output, streaming) in
            Scalar._combineScaled(count, 2, a, -0.5, b, output, streaming: streaming)
        }
        expectSame("clip") { (count, a: UnsafePointer<Scalar>, _, output, streaming) in
            Scalar._clip(count, -0.5, 0.5, a, output, streaming: streaming)
        }
    }

    private func expectSame<Scalar: LinearAlgebraScalar>(
        _ name: String,
        _ body: (
            Int, UnsafePointer<Scalar>, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>, Bool
        ) -> Void
    ) {
        var generator = TestGenerator(seed: 7)
        // Lines hold 16 floats, blocks four lines.
        for (count, offset) in [(0, 3), (1, 0), (15, 9), (64, 0), (65, 1), (150, 5), (331, 15)] {
            let a = (0..<count).map { _ in Scalar(Double.random(in: -2...2, using: &generator)) }
            let b = (0..<count).map { _ in Scalar(Double.random(in: -2...2, using: &generator)) }
            var outputs: [[Scalar]] = []
            for streaming in [false, true] {
                var room = [Scalar](repeating: 7, count: offset + count + 20)
                room.withUnsafeMutableBufferPointer { room in
                    guard let start = room.baseAddress else { return }
                    body(count, a, b, start + offset, streaming)
                }
                outputs.append(room)
            }
            let bits = outputs.map { $0.map { "\($0)" } }
            #expect(bits[0] == bits[1], "\(name) of \(count) elements from \(offset)")
            #expect(bits[1].dropFirst(offset + count).allSatisfy { $0 == "7.0" }, "\(name)")
        }
    }

    /// 32 MiB and a row: long enough for forms to write past the caches.
    @Test func longTensors() {
        let (rows, columns) = (8_456, 993)
        let elements = quarters(rows * columns)
        let x = Matrix<Float>(rowCount: rows, columnCount: columns, elements: elements)
        let v = Vector((0..<columns).map(Float.init))
        var result = Matrix<Float>.zeros(rows, columns)
        result.formAddingToRows(x, v)
        #expect((result == x.addingToRows(v)) as Bool)
        result.formLinearCombination(2, x, 0.5, x)
        #expect((result == 2.5 * x) as Bool)
        result.formAbsoluteValue(of: x)
        #expect((result == x.absoluteValue()) as Bool)
    }

    /// Quarters, so that sums of products with powers of two are exact.
    private func quarters(_ count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                buffer.initializeElement(at: index, to: Float(index % 1_021 - 510) / 4)
            }
            initialized = count
        }
    }
}
