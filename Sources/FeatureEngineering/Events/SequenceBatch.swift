// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Sequences of different lengths, such as the events of many accounts, ready for a recurrent
/// network.
///
/// The steps of all sequences lie behind each other, so no memory is spent on padding until
/// ``padded(to:with:side:as:)`` asks for it.
public struct SequenceBatch: Sendable, Equatable {
    /// The steps of all sequences, (steps x features), finite.
    public let values: Matrix<Double>
    /// Sequence `i` has the steps `offsets[i]..<offsets[i + 1]`; one offset more than sequences.
    public let offsets: [Int]
    /// The names of the features.
    public let names: [String]

    /// Sequences of row-major `elements` cut at `offsets`.
    ///
    /// - Throws: ``FeatureError``: `emptyInput` without a name; `duplicateColumn`;
    ///   `unequalLengths` if the elements do not fill the steps, or if the offsets do not ascend
    ///   from 0; `outOfRange` with the row of the first step that has a value that is not finite.
    /// - Complexity: O(elements).
    public init(
        elements: [Double], offsets: [Int], names: [String]
    ) throws(FeatureError) {
        guard !names.isEmpty else {
            throw FeatureError(.emptyInput, "a sequence needs at least one feature")
        }
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw FeatureError(.duplicateColumn, "two features have this name", column: name)
        }
        guard offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy(<=),
            let stepCount = offsets.last, elements.count % names.count == 0,
            stepCount == elements.count / names.count
        else {
            throw FeatureError(
                .unequalLengths,
                "offsets must ascend from 0 to \(elements.count) elements / \(names.count) "
                    + "features; the last is \(offsets.last.map { "\($0)" } ?? "missing")")
        }
        if let index = elements.firstIndex(where: { !$0.isFinite }) {
            throw FeatureError(
                .outOfRange, "\(elements[index]) is not a finite number",
                row: index / names.count, column: names[index % names.count])
        }
        values = Matrix(rowCount: stepCount, columnCount: names.count, elements: elements)
        self.offsets = offsets
        self.names = names
    }

    /// The number of sequences.
    public var count: Int { offsets.count - 1 }

    /// The number of features of a step.
    public var featureCount: Int { names.count }

    /// The number of steps of each sequence.
    public var lengths: [Int] { zip(offsets, offsets.dropFirst()).map { $1 - $0 } }

    /// The number of steps of the longest sequence.
    public var maximumLength: Int { lengths.max() ?? 0 }

    /// The steps of one sequence, (length x features).
    ///
    /// - Precondition: `index` is in `0..<count`.
    public subscript(index: Int) -> Matrix<Double> {
        let steps = steps(of: index)
        return Matrix(
            rowCount: steps.count, columnCount: featureCount,
            elements: Array(elements(of: steps)))
    }

    /// The sequences at `rows`, in that order, repeats allowed: a mini-batch.
    ///
    /// - Precondition: every index is in `0..<count`.
    public subscript(rows rows: [Int]) -> SequenceBatch {
        var offsets = [0]
        var elements: [Double] = []
        for row in rows {
            let steps = steps(of: row)
            elements += self.elements(of: steps)
            offsets.append(offsets[offsets.count - 1] + steps.count)
        }
        return SequenceBatch(
            values: Matrix(
                rowCount: offsets[rows.count], columnCount: featureCount, elements: elements),
            offsets: offsets, names: names)
    }

    private init(values: Matrix<Double>, offsets: [Int], names: [String]) {
        self.values = values
        self.offsets = offsets
        self.names = names
    }

    func steps(of index: Int) -> Range<Int> {
        precondition(index >= 0 && index < count, "sequence \(index) of \(count)")
        return offsets[index]..<offsets[index + 1]
    }

    private func elements(of steps: Range<Int>) -> ArraySlice<Double> {
        values.elements[steps.lowerBound * featureCount..<steps.upperBound * featureCount]
    }
}
