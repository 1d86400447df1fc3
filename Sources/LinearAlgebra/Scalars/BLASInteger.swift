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
