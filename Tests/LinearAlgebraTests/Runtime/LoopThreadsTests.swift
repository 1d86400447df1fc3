// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing

@Suite(.serialized) struct LoopThreadsTests {
    @Test func bitsDoNotDependOnTheNumberOfThreads() {
        let before = LoopThreads.limit
        defer { LoopThreads.limit = before }
        // Above the sizes from which loops are split, and no multiple of the blocks.
        let v = Vector(count: (1 << 20) + 77, repeating: Float(3e-6)).cumulativeSum()
        let m = v[0..<(1 << 20)].sigmoid().reshaped(to: [1024, 1024])
        let (row, shifted) = (m.row(7), v + 1)
        let sparse = SparseMatrix(m.map { $0 > 0.9 ? $0 : 0 })
        let batch = m.flattened.reshaped(to: [1024, 32, 32])
        #expect(sparse.storedCount > 1 << 18)
        func all() -> [Vector<Float>] {
            var combination = v
            combination.formLinearCombination(0.3, v, 0.7, shifted)
            var inPlace = v
            inPlace.formTanh()
            inPlace += v
            inPlace *= 3
            return [
                v.exp(), v.relu(), v.pow(3), v / v.sigmoid(), 1 - v, inPlace,
                m.softmax().flattened, m.cumulativeSum().flattened, m.sum(.alongRows),
                Vector(m.argmax(.alongRows).map { Float($0) }),
                combination, m.transposed.materialized().flattened, m.addingToRows(row).flattened,
                m.dividingColumns(by: row).flattened, sparse.matmul(row),
                sparse.matmul(m).flattened, sparse.transposed.matmul(m).flattened,
                batch.batchedMatmul(batch).flattened,
            ]
                + [ReductionAxis.alongRows, .alongColumns].flatMap {
                    [m.sum($0), m.min($0), m.norm($0), m.norm(.infinity, $0), m.variance($0)]
                } + [
                    [
                        v.sum(), v.min(), v.norm(), v.norm(.one), v.variance(), v.orderedDot(v),
                        v.dot(v),
                    ]
                ]
        }
        LoopThreads.limit = 1
        let alone = all()
        for limit in [2, 3, 200] {
            LoopThreads.limit = limit
            #expect(LoopThreads.limit == limit)
            let split = all()
            for index in alone.indices {
                #expect((split[index] - alone[index]).norm(.infinity) == 0, "\(limit), \(index)")
            }
        }
    }

    /// Reductions of long vectors are those of one call of the kernel for all elements.
    @Test(arguments: [1, 65_535, 65_536, 65_537, 200_000, 655_360, 720_897])
    func chunksDoNotShow(count: Int) {
        let v = Vector<Double>.random(.normal, shape: [count], seed: 9)
        let (whole, product) = v.withSpan { span in
            span.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map {
                    (Double._sum(count, $0), Double._orderedDot(count, $0, $0))
                } ?? (.nan, .nan)
            }
        }
        #expect(v.sum() == whole && v.orderedDot(v) == product)
        #expect(v.min() == v.elements.min() && v.max() == v.elements.max())
        #expect(v.argmin() == v.elements.firstIndex(of: v.min()))
        #expect(v.argmax() == v.elements.firstIndex(of: v.max()))
        // The first of equals, and the first NaN.
        var marked = v
        marked[count / 2] = 50
        marked[count - 1] = 50
        #expect(marked.argmax() == count / 2 && marked.max() == 50)
        marked[count - 1] = .nan
        marked[count / 3] = .nan
        #expect(marked.argmax() == count / 3 && marked.argmin() == count / 3)
        #expect(marked.max().isNaN && marked.min().isNaN && marked.sum().isNaN)
    }

    /// Many callers at once, and calls from within a part of the work, find the threads busy.
    @Test func callersDoNotWaitForEachOther() async {
        let v = Vector<Double>.random(.normal, shape: [1 << 18], seed: 2)
        let expected = v.exp()
        let right = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { v.exp() == expected } }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(right)
    }

    @Test func theLimitIsPositive() async {
        #expect(LoopThreads.limit >= 1)
        await #expect(processExitsWith: .failure) { LoopThreads.limit = 0 }
    }
}
