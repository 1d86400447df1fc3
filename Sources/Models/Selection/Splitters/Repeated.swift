// SPDX-License-Identifier: Apache-2.0

/// A seeded splitter, repeated over seeds.
///
/// `Repeated(StratifiedKFold(foldCount: 2), seeds: 0..<5)` is five times two-fold
/// cross-validation, which ``PairedRepetitionTest`` compares models by.
public struct Repeated<Base: SeededSplitter>: Splitter {
    /// The splitter; each repetition gives it another seed.
    public var base: Base

    /// One seed per repetition, each once.
    public var seeds: [UInt64]

    /// Repeats `base` with each of `seeds`.
    public init(_ base: Base, seeds: some Sequence<UInt64>) {
        self.base = base
        self.seeds = Array(seeds)
    }

    /// The folds of every repetition, in the order of ``seeds``.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` without seeds, for one that is there
    ///   twice, and as the splitter throws.
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        guard !seeds.isEmpty, Set(seeds).count == seeds.count else {
            throw ModelError(.invalidSplit, "the seeds \(seeds), not one or more different ones")
        }
        var folds: [Fold] = []
        for seed in seeds {
            var splitter = base
            splitter.seed = seed
            folds += try splitter.folds(of: rows)
        }
        return folds
    }
}
