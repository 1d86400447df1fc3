// SPDX-License-Identifier: Apache-2.0

extension SparseMatrix {
    /// The rows of `range`, in that order.
    ///
    /// - Precondition: `range` lies in `0...rowCount`.
    /// - Complexity: O(rows and stored elements of the result).
    public subscript(rows range: Range<Int>) -> SparseMatrix {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= rowCount,
            "rows \(range) of a sparse matrix of \(shape)")
        let (start, end) = (rowOffsets[range.lowerBound], rowOffsets[range.upperBound])
        return SparseMatrix(
            uncheckedRowCount: range.count, columnCount: columnCount,
            rowOffsets: rowOffsets[range.lowerBound...range.upperBound].map { $0 - start },
            columnIndices: Array(columnIndices[start..<end]), values: Array(values[start..<end]))
    }

    /// The matrix of the rows at `indices`, in that order; an index may repeat.
    ///
    /// - Precondition: Every index is in `0..<rowCount`.
    /// - Complexity: O(rows and stored elements of the result).
    public func gatheringRows(_ indices: [Int]) -> SparseMatrix {
        var gathered: (offsets: [Int], columns: [Int], values: [Scalar]) = ([0], [], [])
        gathered.offsets.reserveCapacity(indices.count + 1)
        for index in indices {
            let range = positions(ofRow: index)
            gathered.columns += columnIndices[range]
            gathered.values += values[range]
            gathered.offsets.append(gathered.values.count)
        }
        return SparseMatrix(
            uncheckedRowCount: indices.count, columnCount: columnCount,
            rowOffsets: gathered.offsets, columnIndices: gathered.columns, values: gathered.values)
    }

    /// Row `index` with every element stored.
    ///
    /// - Precondition: `index` is in `0..<rowCount`.
    /// - Complexity: O(columnCount).
    public func row(_ index: Int) -> Vector<Scalar> {
        var row = Vector<Scalar>.zeros(columnCount)
        for position in positions(ofRow: index) { row[columnIndices[position]] = values[position] }
        return row
    }

    /// The matrix of `m[i, j] * v[i]`, which is `diag(v) M`; only stored elements are scaled.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    /// - Complexity: O(rowCount + stored elements).
    public func multiplyingColumns(by v: Vector<Scalar>) -> SparseMatrix {
        precondition(
            v.count == rowCount, "\(v.count) factors for the rows of a sparse matrix of \(shape)")
        var scaled = self
        for row in 0..<rowCount {
            for position in rowOffsets[row]..<rowOffsets[row + 1] {
                scaled.values[position] *= v[row]
            }
        }
        return scaled
    }

    /// The matrix of `m[i, j] * v[j]`, which is `M diag(v)`; only stored elements are scaled.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    /// - Complexity: O(stored elements).
    public func multiplyingRows(by v: Vector<Scalar>) -> SparseMatrix {
        precondition(
            v.count == columnCount,
            "\(v.count) factors for the columns of a sparse matrix of \(shape)")
        var scaled = self
        for (position, column) in columnIndices.enumerated() {
            scaled.values[position] *= v[column]
        }
        return scaled
    }

    /// The matrix of `transform` applied to every stored element.
    ///
    /// - Complexity: O(stored elements).
    public func mapStored<Failure: Error>(
        _ transform: (Scalar) throws(Failure) -> Scalar
    ) throws(Failure) -> SparseMatrix {
        var mapped = self
        mapped.values = try values.map(transform)
        return mapped
    }

    /// The sum of each row or of each column; 0 where nothing is stored.
    ///
    /// - Complexity: O(rowCount + columnCount + stored elements).
    public func sum(_ axis: ReductionAxis) -> Vector<Scalar> {
        switch axis {
        case .alongRows: reduceRows { $0.sum() }
        case .alongColumns: transposed.materialized().sum(.alongRows)
        }
    }

    /// The Euclidean norm of each row or of each column; 0 where nothing is stored.
    ///
    /// Neither overflows nor underflows while the result is representable.
    ///
    /// - Complexity: O(rowCount + columnCount + stored elements).
    public func norm(_ axis: ReductionAxis) -> Vector<Scalar> {
        switch axis {
        case .alongRows: reduceRows { $0.norm() }
        case .alongColumns: transposed.materialized().norm(.alongRows)
        }
    }

    private func reduceRows(_ reduce: (Vector<Scalar>) -> Scalar) -> Vector<Scalar> {
        Vector(
            (0..<rowCount).map {
                reduce(Vector(Array(values[rowOffsets[$0]..<rowOffsets[$0 + 1]])))
            })
    }
}
