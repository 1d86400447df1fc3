// SPDX-License-Identifier: Apache-2.0

extension TensorMask {
    /// Where both masks are true.
    ///
    /// - Precondition: Both shapes are equal.
    public static func .& (a: TensorMask, b: TensorMask) -> TensorMask {
        combine(a, b) { $0 && $1 }
    }

    /// Where at least one of the masks is true.
    ///
    /// - Precondition: Both shapes are equal.
    public static func .| (a: TensorMask, b: TensorMask) -> TensorMask {
        combine(a, b) { $0 || $1 }
    }

    /// Where exactly one of the masks is true.
    ///
    /// - Precondition: Both shapes are equal.
    public static func .^ (a: TensorMask, b: TensorMask) -> TensorMask {
        combine(a, b) { $0 != $1 }
    }

    /// Where the mask is false.
    public static prefix func .! (a: TensorMask) -> TensorMask {
        TensorMask(uncheckedShape: a.shape, storage: a.storage.map(!))
    }

    private static func combine(
        _ a: TensorMask, _ b: TensorMask, _ operation: (Bool, Bool) -> Bool
    ) -> TensorMask {
        precondition(
            a.shape == b.shape, "masks of shapes \(describe(a.shape)) and \(describe(b.shape))")
        return TensorMask(
            uncheckedShape: a.shape,
            storage: a.storage.indices.map { operation(a.storage[$0], b.storage[$0]) })
    }
}

extension Tensor {
    /// Creates a tensor with 1 where `mask` is true and 0 elsewhere.
    public init(_ mask: TensorMask<rank>) {
        self.init(uncheckedShape: mask.shape, storage: mask.storage.map { $0 ? 1 : 0 })
    }
}
