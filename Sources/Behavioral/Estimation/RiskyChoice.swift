// SPDX-License-Identifier: Apache-2.0

/// Two prospects of which one is to be chosen.
public struct ChoiceProblem: Hashable, Codable, Sendable {
    /// One prospect.
    public var first: Prospect

    /// The other.
    public var second: Prospect

    /// Pairs two prospects.
    public init(_ first: Prospect, _ second: Prospect) {
        self.first = first
        self.second = second
    }
}

/// What somebody chose.
public struct RiskyChoice: Hashable, Codable, Sendable {
    /// Between what.
    public var problem: ChoiceProblem

    /// Whether the first prospect was chosen.
    public var choseFirst: Bool

    /// Records a choice.
    public init(problem: ChoiceProblem, choseFirst: Bool) {
        self.problem = problem
        self.choseFirst = choseFirst
    }
}
