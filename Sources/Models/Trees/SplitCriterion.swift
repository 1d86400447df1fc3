// SPDX-License-Identifier: Apache-2.0

/// What the splits of a classification tree lower.
public enum SplitCriterion: String, Codable, Hashable, Sendable, CaseIterable {
    /// The Gini impurity, `1 - sum p^2`.
    case gini
    /// The entropy in bits, `-sum p log2 p`; trees that lower it are those that lower the log loss.
    case entropy
}
