// SPDX-License-Identifier: Apache-2.0

/// Proofs of a chain's transactions; each of their blocks is read and hashed once.
struct BlockProofs {
    private let reader: ChainReader
    private var blocks: [UInt64: (block: CertifiedBlock, tree: MerkleTree)] = [:]

    init(_ reader: ChainReader) { self.reader = reader }

    private mutating func block(
        at height: UInt64
    ) throws -> (block: CertifiedBlock, tree: MerkleTree) {
        if let known = blocks[height] { return known }
        let block = try reader.block(at: height)
        let found = (block: block, tree: block.block.merkleTree)
        blocks[height] = found
        return found
    }

    /// The proof of the transaction at a place.
    mutating func proof(at place: Place) throws -> TransactionProof {
        let (block, tree) = try block(at: place.height)
        return TransactionProof(position: place.position, in: block.block, tree: tree)
    }

    /// The headers of the blocks of some places, in the chain's order.
    mutating func headers(of places: [Place]) throws -> [CertifiedHeader] {
        try Set(places.map(\.height)).sorted().map { CertifiedHeader(try block(at: $0).block) }
    }
}
