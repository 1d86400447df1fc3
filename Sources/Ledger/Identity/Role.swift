// SPDX-License-Identifier: Apache-2.0

/// What a member may do; a key has exactly one role.
public enum Role: UInt8, Sendable, Hashable, CaseIterable {
    /// A lender: votes on blocks and on scores, decides on loans.
    case bank = 1
    /// A credit bureau: proposes scores and blocks.
    case bureau = 2
    /// A bureau that waits to be elected; it may not propose yet.
    case prospectiveBureau = 3
    /// An ordinary user, such as a borrower who wants scores under an address.
    case user = 4
}
