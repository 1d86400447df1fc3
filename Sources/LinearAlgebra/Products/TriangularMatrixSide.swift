// SPDX-License-Identifier: Apache-2.0

/// The side of the other factor on which a triangular matrix stands.
public enum TriangularMatrixSide: Sendable, Hashable {
    /// `T B`, or `T⁻¹ B` when solving.
    case left

    /// `B T`, or `B T⁻¹` when solving.
    case right
}
