// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 1 {
    /// The elements from the smallest to the largest, or the other way round.
    ///
    /// NaN comes last in either direction. Equal elements, such as 0 and -0, keep their order.
    ///
    /// - Complexity: O(n log n).
    public func sorted(descending: Bool = false) -> Tensor {
        Tensor(inOrder(storage, descending: descending))
    }

    /// Sorts in place, as ``sorted(descending:)`` does.
    public mutating func sort(descending: Bool = false) { self = sorted(descending: descending) }

    /// The positions of the elements in the order of ``sorted(descending:)``.
    ///
    /// The order is stable: equal elements come by position, in either direction. The positions of
    /// NaNs come last. `v.gathering(v.argsort())` is `v.sorted()`.
    ///
    /// - Complexity: O(n log n).
    public func argsort(descending: Bool = false) -> [Int] {
        stableOrder(of: Vector<Double>(self).storage, descending: descending)
    }
}

extension Tensor where rank == 2 {
    /// The matrix with each row, or each column, sorted for itself; see ``sorted(descending:)``.
    ///
    /// To sort whole rows by a column use `m.gatheringRows(m.column(0).argsort())`.
    public func sorted(_ axis: ReductionAxis, descending: Bool = false) -> Tensor {
        switch axis {
        case .alongRows:
            let rows = (0..<rowCount).map { row($0).sorted(descending: descending).storage }
            return Tensor(uncheckedShape: shape, storage: Array(rows.joined()))
        case .alongColumns:
            let rows = transposed.materialized().sorted(.alongRows, descending: descending)
            return rows.transposed.materialized()
        }
    }

    /// For each row, or for each column, the positions in the order of `sorted`; see
    /// ``argsort(descending:)``.
    public func argsort(_ axis: ReductionAxis, descending: Bool = false) -> [[Int]] {
        switch axis {
        case .alongRows: (0..<rowCount).map { row($0).argsort(descending: descending) }
        case .alongColumns: (0..<columnCount).map { column($0).argsort(descending: descending) }
        }
    }
}

/// The elements in order, NaNs behind; `Double` keys spare the sort a generic comparison.
private func inOrder<Scalar: LinearAlgebraScalar>(
    _ elements: [Scalar], descending: Bool
) -> [Scalar] {
    var keys = Vector<Double>(Vector(elements.filter { !$0.isNaN })).storage
    if descending { keys.sort(by: >) } else { keys.sort() }
    return Vector<Scalar>(Vector(keys)).storage + elements.filter(\.isNaN)
}

private func stableOrder(of keys: [Double], descending: Bool) -> [Int] {
    var order = keys.indices.filter { !keys[$0].isNaN }
    if descending {
        order.sort { keys[$0] > keys[$1] }
    } else {
        order.sort { keys[$0] < keys[$1] }
    }
    return order + keys.indices.filter { keys[$0].isNaN }
}
