// SPDX-License-Identifier: Apache-2.0

/// The class of every row, with the names of all classes in a fixed order.
///
/// The order of ``classes`` is the order of probability columns. Where there are two classes the
/// second one is the positive one, whose probability binary models report.
public struct ClassLabels: Hashable, Sendable {
    /// The names of the classes, without repetition.
    public let classes: [String]

    /// For every row the index of its class within ``classes``.
    public let codes: [Int]

    /// The number of rows.
    public var count: Int { codes.count }

    /// Two classes: `negative` for `false`, `positive` for `true`.
    ///
    /// - Precondition: the two names differ.
    public init(_ labels: [Bool], negative: String = "false", positive: String = "true") {
        precondition(negative != positive, "both classes are named \(positive)")
        classes = [negative, positive]
        codes = labels.map { $0 ? 1 : 0 }
    }

    /// The classes that occur, in ascending order of the UTF-8 bytes of their names.
    ///
    /// - Complexity: O(n log n).
    public init(_ labels: [String]) {
        classes = Set(labels).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let indices = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
        codes = labels.map { indices[$0] ?? 0 }
    }

    /// Rows given by class index.
    ///
    /// - Throws: ``ModelError`` with code `invalidLabels` for a repeated class name and for an
    ///   index outside `classes`; the message names the row.
    public init(codes: [Int], classes: [String]) throws(ModelError) {
        guard Set(classes).count == classes.count else {
            throw ModelError(.invalidLabels, "a class is named twice in \(classes)")
        }
        if let row = codes.firstIndex(where: { !classes.indices.contains($0) }) {
            throw ModelError(
                .invalidLabels,
                "row \(row) has class index \(codes[row]), there are \(classes.count) classes")
        }
        self.classes = classes
        self.codes = codes
    }

    private init(checkedCodes: [Int], classes: [String]) {
        codes = checkedCodes
        self.classes = classes
    }

    /// The labels of `rows`, in that order, with the same classes.
    ///
    /// - Precondition: every index is a row.
    public subscript(rows rows: [Int]) -> ClassLabels {
        ClassLabels(checkedCodes: rows.map { codes[$0] }, classes: classes)
    }

    /// The sum of the weights of each class, in the order of the classes.
    func sums(of weights: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: classes.count)
        for (code, weight) in zip(codes, weights) { sums[code] += weight }
        return sums
    }

    /// The sums of the weights of at least two classes.
    ///
    /// - Throws: ``ModelError`` with code `oneClass`.
    func presentWeights(_ weights: [Double]) throws(ModelError) -> [Double] {
        let sums = sums(of: weights)
        let present = classes.indices.filter { sums[$0] > 0 }
        guard present.count >= 2 else {
            throw ModelError(
                .oneClass, "all \(count) rows are of one class, \(present.map { classes[$0] })")
        }
        return sums
    }

    /// Whether each row is of the last class, the positive one of two.
    public var isPositive: [Bool] {
        let last = classes.count - 1
        return codes.map { $0 == last }
    }
}
