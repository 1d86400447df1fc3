// SPDX-License-Identifier: Apache-2.0

/// Who shares a telephone, an address, a guarantor or a device with whom: applicants of a book, and
/// past borrowers whose outcome is known.
public struct BorrowerNetwork: Sendable, Hashable {
    /// What two people share.
    public enum Kind: String, Sendable, Codable, Hashable, CaseIterable {
        /// A telephone number.
        case phone
        /// An address.
        case address
        /// A guarantor.
        case guarantor
        /// A device.
        case device
    }

    /// A person in the network.
    public enum Node: Sendable, Hashable {
        /// The applicant in this row of the book.
        case applicant(Int)
        /// The past borrower at this index of ``BorrowerNetwork/pastBorrowersDefaulted``.
        case pastBorrower(Int)
    }

    /// Two people who share something; the tie has no direction.
    public struct Edge: Sendable, Hashable {
        /// What they share.
        public let kind: Kind
        /// One of the two.
        public let first: Node
        /// The other one.
        public let second: Node
    }

    /// How many applicants there are; their nodes are the rows 0..<applicantCount.
    public let applicantCount: Int
    /// Whether each past borrower defaulted.
    public let pastBorrowersDefaulted: [Bool]
    /// The ties: every two members of a sharing group, in the order of kinds and groups.
    public let edges: [Edge]

    /// The past borrowers tied to each applicant by one kind, counted by their outcome.
    ///
    /// - Returns: For every row how many of them defaulted and how many repaid.
    /// - Complexity: O(edges).
    public func pastBorrowers(tiedBy kind: Kind) -> [(defaulted: Int, repaid: Int)] {
        var counts = [(defaulted: Int, repaid: Int)](
            repeating: (0, 0), count: applicantCount)
        for edge in edges where edge.kind == kind {
            guard case .applicant(let row) = edge.first, case .pastBorrower(let past) = edge.second
            else { continue }
            if pastBorrowersDefaulted[past] {
                counts[row].defaulted += 1
            } else {
                counts[row].repaid += 1
            }
        }
        return counts
    }
}
