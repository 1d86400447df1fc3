// SPDX-License-Identifier: Apache-2.0

/// The way along a chain by hashes and counts alone, without signatures and effects, so that damage
/// is found before the expensive checks.
struct ChainWalk {
    private let chainID: LedgerDigest
    /// The height of the last block.
    private(set) var height: UInt64 = 0
    /// The hash of the last block.
    private(set) var headHash: LedgerDigest
    /// The digest of the last block's certificate.
    private(set) var headCertificate: LedgerDigest
    /// How many transactions the blocks hold.
    private(set) var transactionCount: UInt64 = 0
    /// How many votes their certificates hold.
    private(set) var voteCount: UInt64 = 0

    init(_ genesis: Genesis) {
        chainID = genesis.chainID
        headHash = genesis.chainID
        headCertificate = genesis.chainID
    }

    mutating func follow(_ certified: CertifiedBlock) throws(LedgerError) {
        let header = certified.block.header
        guard header.chainID == chainID else {
            throw LedgerError(
                .wrongChain, "made for chain \(header.chainID), not \(chainID)",
                height: header.height)
        }
        guard header.height == height + 1, header.previousHash == headHash else {
            throw LedgerError(
                .wrongParent,
                "block \(header.height) with parent \(header.previousHash) does not follow "
                    + "block \(height) with hash \(headHash)", height: header.height)
        }
        try certified.block.verifyContents()
        try certified.certificate.verifyStatements(for: header.consensus)
        height = header.height
        headHash = header.hash
        headCertificate = certified.certificate.digest(chainID: chainID)
        transactionCount += UInt64(certified.block.transactions.count)
        voteCount += UInt64(certified.certificate.voteCount)
    }
}
