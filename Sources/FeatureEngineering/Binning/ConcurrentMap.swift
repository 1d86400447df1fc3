// SPDX-License-Identifier: Apache-2.0

import Dispatch
import LinearAlgebra
import Synchronization

/// The results of `body` for `0..<count` in that order, computed on as many threads as
/// ``LinearAlgebra/LoopThreads`` allows; which thread computes what changes no result.
func concurrentMap<Value: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Value
) -> [Value] {
    let threads = min(count, LoopThreads.limit)
    guard threads > 1 else { return (0..<count).map(body) }
    let results = Mutex([Value?](repeating: nil, count: count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            let value = body(index)
            results.withLock { $0[index] = value }
        }
    }
    return results.withLock { $0.compactMap { $0 } }
}
