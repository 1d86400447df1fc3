// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Calls `body` once for every number in `0..<count`, on several threads where the processor has
/// them; the calls must not depend on each other.
func concurrently(_ count: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
        withUnsafePointer(to: body) { context in
            credit_parallel(
                count, 1, credit_thread_limit(),
                { context, start, length in
                    guard let context else { return }
                    let body = context.assumingMemoryBound(to: ((Int) -> Void).self).pointee
                    for index in start..<(start + length) { body(index) }
                }, UnsafeMutableRawPointer(mutating: context))
        }
    }
}
