// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The smallest number with a share of `probability` of the elements at or below it, linear
    /// between elements.
    ///
    /// At position `(count - 1) probability` of the sorted elements, as NumPy's `linear`: Hyndman
    /// and Fan's type 7, DOI 10.1080/00031305.1996.10473566. NaN for an empty tensor and when any
    /// element is NaN.
    ///
    /// - Precondition: `probability` is in 0...1.
    /// - Complexity: O(n log n) in the number of elements.
    public func quantile(_ probability: Double) -> Scalar { quantiles([probability])[0] }

    /// The ``quantile(_:)`` at each of `probabilities`, in that order.
    ///
    /// - Precondition: Every probability is in 0...1.
    /// - Complexity: O(n log n) in the number of elements: they are sorted once.
    public func quantiles(_ probabilities: [Double]) -> Vector<Scalar> {
        requireProbabilities(probabilities)
        return Vector(linearQuantiles(of: storage, at: probabilities))
    }

    /// The middle one of the sorted elements, or the mean of both middle ones.
    ///
    /// NaN for an empty tensor and when any element is NaN.
    ///
    /// - Complexity: O(n log n) in the number of elements.
    public func median() -> Scalar { quantile(0.5) }
}

extension Tensor where rank == 2 {
    /// The ``quantile(_:)`` of each row or of each column.
    ///
    /// - Precondition: `probability` is in 0...1.
    public func quantile(_ probability: Double, _ axis: ReductionAxis) -> Vector<Scalar> {
        quantiles([probability], axis).row(0)
    }

    /// Quantiles of each row or of each column.
    ///
    /// - Precondition: Every probability is in 0...1.
    /// - Returns: (probabilities x rows) along rows, (probabilities x columns) along columns.
    public func quantiles(_ probabilities: [Double], _ axis: ReductionAxis) -> Matrix<Scalar> {
        requireProbabilities(probabilities)
        let lines = each(axis) { count, elements in
            linearQuantiles(
                of: Array(UnsafeBufferPointer(start: elements, count: count)), at: probabilities)
        }
        var result = Matrix<Scalar>.zeros(probabilities.count, lines.count)
        for (column, line) in lines.enumerated() {
            for (row, value) in line.enumerated() { result[row, column] = value }
        }
        return result
    }

    /// The ``median()`` of each row or of each column.
    public func median(_ axis: ReductionAxis) -> Vector<Scalar> { quantile(0.5, axis) }
}

private func requireProbabilities(_ probabilities: [Double]) {
    for probability in probabilities {
        precondition(
            probability >= 0 && probability <= 1, "quantile at \(probability), not in 0...1")
    }
}

private func linearQuantiles<Scalar: LinearAlgebraScalar>(
    of elements: [Scalar], at probabilities: [Double]
) -> [Scalar] {
    if elements.isEmpty || elements.contains(where: \.isNaN) {
        return probabilities.map { _ in .nan }
    }
    let sorted = elements.sorted()
    return probabilities.map { probability in
        let position = Double(sorted.count - 1) * probability
        let index = Int(position)
        let share = Scalar(position - Double(index))
        let (low, high) = (sorted[index], sorted[Swift.min(index + 1, sorted.count - 1)])
        // Equal infinities have no difference.
        if share == 0 || low == high { return low }
        // From the nearer end, so that the result neither leaves the interval nor jumps.
        let difference = high - low
        return share < 0.5 ? low + difference * share : high - difference * (1 - share)
    }
}
