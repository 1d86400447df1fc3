// SPDX-License-Identifier: Apache-2.0

/// A change of the training rows that makes the classes more even, or the border between them
/// cleaner.
///
/// Over-sampling adds rows to every class but the largest until its weight is ``ratio`` times that
/// of the largest; under-sampling takes rows from every class but the smallest until the smallest
/// has ``ratio`` times its weight. Cleaning takes rows from every class but the smallest. Distances
/// are Euclidean on the features as they are: standardise first.
///
/// Resampling belongs inside the fit, never before a split: use ``ResampledClassifier``.
public struct Resampling: Codable, Hashable, Sendable {
    /// How rows are added or taken.
    public enum Method: Codable, Hashable, Sendable {
        /// Copies of random rows are added.
        case randomOver
        /// Random rows are kept.
        case randomUnder
        /// Synthetic rows on the lines from random rows to one of their nearest neighbours in the
        /// class.
        ///
        /// Source: Chawla, Bowyer, Hall and Kegelmeyer, JAIR 16, 2002, doi:10.1613/jair.953.
        case smote(neighbours: Int = 5)
        /// SMOTE where the named features are nominal: a synthetic row has the most frequent value
        /// of the neighbours (of equally frequent ones the smallest), and a different value adds
        /// the squared median of the standard deviations that the other features have in the
        /// smallest class to the squared distance.
        ///
        /// Source: section 6.1 of the same paper.
        case smoteNominal([String], neighbours: Int = 5)
        /// SMOTE from rows at the border only: those with at least half, but not all, of their
        /// `around` nearest rows in other classes.
        ///
        /// Source: Han, Wang and Mao, ICIC 2005, doi:10.1007/11538059_91 (Borderline-SMOTE1).
        case borderline(neighbours: Int = 5, around: Int = 10)
        /// Synthetic rows where the class is hard: as many from each row as the share of other
        /// classes among its nearest rows demands.
        ///
        /// Source: He, Bai, Garcia and Li, IJCNN 2008, doi:10.1109/IJCNN.2008.4633969.
        case adasyn(neighbours: Int = 5)
        /// Takes rows that are each other's nearest with a row of another class.
        ///
        /// Source: Tomek, IEEE Trans. Syst. Man Cybern. 6, 1976, doi:10.1109/TSMC.1976.4309452.
        case tomekLinks
        /// Takes rows with a row of another class among their nearest ones, or with `byMajority`
        /// only those whose class is not the most frequent there.
        ///
        /// Source: Wilson, IEEE Trans. Syst. Man Cybern. 2, 1972, doi:10.1109/TSMC.1972.4309137.
        case editedNeighbours(count: Int = 3, byMajority: Bool = false)
    }

    /// How rows are added or taken.
    public var method: Method

    /// The weight of a smaller class over that of the largest afterwards, above 0 and at most 1;
    /// cleaning does not look at it.
    public var ratio: Double

    /// A change of rows; ``ResampledClassifier/validate()`` checks it.
    public init(_ method: Method, ratio: Double = 1) {
        self.method = method
        self.ratio = ratio
    }

    /// Checks the numbers.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        guard ratio > 0, ratio <= 1 else {
            throw ModelError(.invalidRecipe, "a class ratio of \(ratio), not above 0 and at most 1")
        }
        let counts: [Int]
        switch method {
        case .randomOver, .randomUnder, .tomekLinks: counts = []
        case .smote(let count), .adasyn(let count), .editedNeighbours(let count, _):
            counts = [count]
        case .smoteNominal(let names, let count):
            counts = [count]
            guard !names.isEmpty, Set(names).count == names.count else {
                throw ModelError(.invalidRecipe, "the nominal features \(names)")
            }
        case .borderline(let count, let around): counts = [count, around]
        }
        guard counts.allSatisfy({ (1...1_000_000).contains($0) }) else {
            throw ModelError(.invalidRecipe, "\(counts) neighbours, 1 is the least")
        }
    }
}
