// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// The trees of a fitted model: a decision tree, a forest or a boosted sum.
///
/// The output of a row is the sum over the trees of the value of its leaf, in the order of the
/// trees, divided by their number where they are averaged, plus a base value. It has the same bits
/// for one row and for any batch, for any number of threads and on every processor.
public struct TreeEnsemble: Sendable, Equatable {
    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The numbers that each leaf holds, one for each output.
    public let outputCount: Int

    /// What the trees' values are added to, one for each output.
    public internal(set) var baseValues: [Double]

    /// Whether outputs are means of the trees' values, not sums.
    public let isAverage: Bool

    /// Whether rows may have missing values, as the training rows were allowed to.
    public let takesMissing: Bool

    /// The levels of every nominal feature in ascending order; empty for others.
    let levels: [[Double]]

    var nodes: [TreeNodeRecord] = []
    /// Where each tree begins, and where the last one ends.
    var roots: [Int] = [0]
    /// The weight of the training rows in every node.
    var covers: [Double] = []
    /// The values of leaves where there are several outputs, and where those of each tree begin.
    var values: [Double] = []
    var firstValues: [Int] = [0]
    var sets: [UInt64] = []
    /// The sum over the trees of the gains by each feature, each tree's adding up to 1.
    var gainShares: [Double]

    init(
        featureNames: [String], outputCount: Int, baseValues: [Double], isAverage: Bool,
        takesMissing: Bool, levels: [[Double]]
    ) {
        self.featureNames = featureNames
        self.outputCount = outputCount
        self.baseValues = baseValues
        self.isAverage = isAverage
        self.takesMissing = takesMissing
        self.levels = levels
        gainShares = [Double](repeating: 0, count: featureNames.count)
    }

    /// The number of trees.
    public var treeCount: Int { roots.count - 1 }

    /// Whether no value may be missing and no split is by levels.
    var isPlain: Bool { !takesMissing && levels.allSatisfy(\.isEmpty) }

    /// The number of nodes of all trees.
    public var nodeCount: Int { nodes.count }

    /// By how much the splits of each feature lower the impurity, as shares that add up to 1, in
    /// the mean of the trees; all 0 where no tree has a split.
    ///
    /// Features with many values are favoured, and so are those that fit noise: compare with the
    /// loss of score when a feature is permuted.
    public var impurityImportances: [Double] {
        let sum = gainShares.reduce(0, +)
        return gainShares.map { sum > 0 ? $0 / sum : 0 }
    }

    /// Adds a tree at the end.
    mutating func append(_ tree: GrownTree) {
        let setOffset = Double(sets.count)
        for node in tree.nodes {
            var node = node
            if node.feature >= 0, node.feature & Int32(CREDIT_TREE_NOMINAL) != 0 {
                node.threshold += setOffset
            }
            nodes.append(node)
        }
        roots.append(nodes.count)
        covers += tree.covers
        values += tree.values
        firstValues.append(values.count)
        sets += tree.sets
        let gain = tree.gains.reduce(0, +)
        if gain > 0 {
            for (feature, own) in tree.gains.enumerated() { gainShares[feature] += own / gain }
        }
    }

    /// The features with levels in the place of nominal values: NaN for those without.
    func prepared(_ features: Matrix<Double>) -> Matrix<Double> {
        guard levels.contains(where: { !$0.isEmpty }) else { return features }
        var result = features
        for (column, levels) in levels.enumerated() where !levels.isEmpty {
            for row in 0..<features.rowCount {
                result[row, column] =
                    position(of: features[row, column], in: levels).map { Double($0) } ?? .nan
            }
        }
        return result
    }

    /// Refuses features that the model cannot take.
    func check(_ features: Matrix<Double>) throws(ModelError) {
        try checkFeatures(features, names: featureNames, allowsMissing: takesMissing)
    }

    /// The outputs of every row, (rows x outputs) in row order.
    func outputs(_ features: Matrix<Double>) -> [Double] {
        outputs(prepared: prepared(features), trees: 0..<treeCount)
    }

    /// The outputs of some of the trees, of rows with prepared levels.
    func outputs(prepared: Matrix<Double>, trees: Range<Int>) -> [Double] {
        let rows = prepared.rowCount
        var sums = [Double](repeating: 0, count: rows * outputCount)
        add(trees, of: prepared, to: &sums)
        let divisor = isAverage ? Double(max(1, trees.count)) : 1
        for index in sums.indices {
            sums[index] = sums[index] / divisor + baseValues[index % outputCount]
        }
        return sums
    }

    /// Adds the values of some of the trees.
    func add(_ trees: Range<Int>, of prepared: Matrix<Double>, to sums: inout [Double]) {
        let (rows, width, outputs) = (prepared.rowCount, prepared.columnCount, outputCount)
        guard rows > 0, !trees.isEmpty else { return }
        let (roots, firstValues) = (
            Array(roots[trees.lowerBound...trees.upperBound]), Array(firstValues[trees])
        )
        // A block of rows stays in the cache while all trees pass over it. Many rows are worth a
        // copy of each tree that is quicker to walk through.
        let copies = isPlain && rows >= 2048
        let share = (rows + LoopThreads.limit - 1) / LoopThreads.limit
        let block = copies ? min(4096, max(1024, share)) : 256
        let largest = copies ? zip(roots, roots.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) } : 0
        sums.withUnsafeMutableBufferPointer { sums in
            prepared.withSpan { span in
                span.withUnsafeBufferPointer { x in
                    nonisolated(unsafe) let (x, sums) = (x.baseAddress!, sums.baseAddress!)
                    let parts = (rows + block - 1) / block
                    let least = trees.count * rows < 2000 ? Int.max : 2
                    concurrently(parts, minimum: least, block: 1) { first, count in
                        let room =
                            copies
                            ? UnsafeMutablePointer<TreeNodeRecord>.allocate(capacity: largest)
                            : nil
                        defer { room?.deallocate() }
                        for part in first..<first + count {
                            let start = part * block
                            credit_tree_add(
                                min(block, rows - start), width, x + start * width, trees.count,
                                nodes, roots, sets, isPlain, outputs, values, firstValues,
                                room, sums + start * outputs)
                        }
                    }
                }
            }
        }
    }
}
