// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// The results of `body` for `0..<count` in that order, computed on as many threads as
/// ``LinearAlgebra/LoopThreads`` allows; which thread computes what changes no result.
func concurrentMap<Value: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Value
) -> [Value] {
    var results = [Value?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { results in
        concurrently(count, minimum: 2, block: 1) { start, length in
            for index in start..<start + length { results[index] = body(index) }
        }
    }
    return results.compactMap { $0 }
}
