// SPDX-License-Identifier: Apache-2.0

/// A split of rows into training and validation parts.
public struct Fold: Codable, Hashable, Sendable {
    /// The rows to fit to, ascending.
    public let training: [Int]

    /// The rows to judge the fit on, ascending; none of them is in ``training``.
    public let validation: [Int]

    /// The seed of the repetition that the fold belongs to; 0 where the splitter has none.
    public let seed: UInt64

    /// A split by row indices.
    public init(training: [Int], validation: [Int], seed: UInt64 = 0) {
        self.training = training
        self.validation = validation
        self.seed = seed
    }

    /// The folds `0..<count` where every row is validated in one of them.
    static func each(of count: Int, _ foldOfRow: [Int], seed: UInt64 = 0) -> [Fold] {
        (0..<count).map { fold in
            Fold(
                training: foldOfRow.indices.filter { foldOfRow[$0] != fold },
                validation: foldOfRow.indices.filter { foldOfRow[$0] == fold }, seed: seed)
        }
    }
}
