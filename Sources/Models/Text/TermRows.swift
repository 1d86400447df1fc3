// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The terms of texts as networks read them: compressed rows.
package struct TermRows<Scalar: NetworkScalar>: Sendable {
    /// Row `i` has the entries `offsets[i]..<offsets[i + 1]`.
    package var offsets: [Int]
    package var columns: [Int]
    package var values: [Scalar]

    package init(offsets: [Int], columns: [Int], values: [Scalar]) {
        self.offsets = offsets
        self.columns = columns
        self.values = values
    }
}
