// SPDX-License-Identifier: Apache-2.0

/// The dimension as BLAS takes it.
///
/// - Precondition: `dimension` is at most `Int32.max`.
package func blasInteger(_ dimension: Int) -> Int32 {
    precondition(
        dimension <= Int(Int32.max), "dimension \(dimension) is beyond the 32-bit range of the BLAS"
    )
    return Int32(dimension)
}

/// Calls `body` with consecutive ranges of at most `limit` that cover `0..<count`.
///
/// What may be longer than the BLAS counts, rows above all, is passed to it in such blocks.
package func forEachBlock(
    of count: Int, limit: Int = Int(Int32.max), _ body: (Range<Int>) -> Void
) {
    var start = 0
    while start < count {
        let end = start + Swift.min(limit, count - start)
        body(start..<end)
        start = end
    }
}
