// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// How the network is drawn, and what its ties add to the log-odds of default (in hundredths).
///
/// For each kind a random permutation puts the applicants into groups of a fixed size. A group
/// shares something with a given probability, and then also with one past borrower, whose known
/// outcome shifts the log-odds of all its members alike: that makes the network homophilous in
/// default. Given the network, an applicant's ties to past borrowers are all that it tells.
struct NetworkDesign: Sendable {
    let kind: BorrowerNetwork.Kind
    /// Applicants in a group; the last group of a book may be smaller.
    let groupSize: Int
    /// Out of 100 groups, how many share something with a past borrower who defaulted.
    let defaultedPercent: Int
    /// Out of 100 groups, how many share something with a past borrower who repaid.
    let repaidPercent: Int
    let defaultedEffect: Int
    let repaidEffect: Int

    static let all = [
        NetworkDesign(
            kind: .phone, groupSize: 3, defaultedPercent: 16, repaidPercent: 24,
            defaultedEffect: 100, repaidEffect: -40),
        NetworkDesign(
            kind: .address, groupSize: 4, defaultedPercent: 15, repaidPercent: 35,
            defaultedEffect: 80, repaidEffect: -40),
        NetworkDesign(
            kind: .guarantor, groupSize: 2, defaultedPercent: 10, repaidPercent: 20,
            defaultedEffect: 120, repaidEffect: -60),
        NetworkDesign(
            kind: .device, groupSize: 3, defaultedPercent: 12, repaidPercent: 13,
            defaultedEffect: 140, repaidEffect: -30),
    ]

    /// Whether a group shares something with a past borrower, and whether that one defaulted.
    private var outcomes: WeightedChoice<Bool?> {
        WeightedChoice([
            (true, defaultedPercent), (false, repaidPercent),
            (nil, 100 - defaultedPercent - repaidPercent),
        ])
    }

    /// What the ties of each kind to past borrowers add, per applicant in the order of ``all``.
    static func effects(in network: BorrowerNetwork) -> [[Int]] {
        var effects = [[Int]](repeating: [], count: network.applicantCount)
        for design in all {
            for (row, ties) in network.pastBorrowers(tiedBy: design.kind).enumerated() {
                effects[row].append(
                    ties.defaulted * design.defaultedEffect + ties.repaid * design.repaidEffect)
            }
        }
        return effects
    }

    /// The distribution of the sum of one applicant's effects.
    static var distribution: LogOddsDistribution {
        all.reduce(.zero) { sum, design in
            sum.convolved(
                with: design.outcomes.distribution { defaulted in
                    guard let defaulted else { return 0 }
                    return defaulted ? design.defaultedEffect : design.repaidEffect
                })
        }
    }

    /// The network of `count` applicants.
    static func draw(count: Int, from stream: RandomStream) -> BorrowerNetwork {
        var pastBorrowersDefaulted: [Bool] = []
        var edges: [BorrowerNetwork.Edge] = []
        for design in all {
            var random = stream.child(design.kind.rawValue)
            let order = random.permutation(count)
            let outcomes = design.outcomes
            for start in stride(from: 0, to: count, by: design.groupSize) {
                guard let defaulted = outcomes.draw(&random) else { continue }
                let members = order[start..<min(start + design.groupSize, count)].sorted()
                for (position, member) in members.enumerated() {
                    for other in members[(position + 1)...] {
                        edges.append(
                            BorrowerNetwork.Edge(
                                kind: design.kind, first: .applicant(member),
                                second: .applicant(other)))
                    }
                    edges.append(
                        BorrowerNetwork.Edge(
                            kind: design.kind, first: .applicant(member),
                            second: .pastBorrower(pastBorrowersDefaulted.count)))
                }
                pastBorrowersDefaulted.append(defaulted)
            }
        }
        return BorrowerNetwork(
            applicantCount: count, pastBorrowersDefaulted: pastBorrowersDefaulted, edges: edges)
    }
}
