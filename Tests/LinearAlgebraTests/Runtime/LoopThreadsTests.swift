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
        func all() -> [Vector<Float>] {
            var inPlace = v
            inPlace.formTanh()
            inPlace += v
            inPlace *= 3
            return [
                v.exp(), v.relu(), v.pow(3), v / v.sigmoid(), 1 - v, inPlace,
                m.softmax().flattened, m.cumulativeSum().flattened, m.sum(.alongRows),
                Vector(m.argmax(.alongRows).map { Float($0) }),
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

    @Test func theLimitIsPositive() async {
        #expect(LoopThreads.limit >= 1)
        await #expect(processExitsWith: .failure) { LoopThreads.limit = 0 }
    }
}
