// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension CertifiedBlock {
    /// The version of the form.
    private static let form = "swift-credit block 1"

    /// Everything that the block says, and its canonical bytes.
    var audit: AuditValue {
        let header = block.header
        return .record([
            ("form", .text(Self.form)), ("chain", .digest(header.chainID)),
            ("hash", .digest(header.hash)), ("height", .number(header.height)),
            ("view", .number(header.view)), ("cycle", .number(header.cycle)),
            ("time", .number(header.timestamp)), ("previous", .digest(header.previousHash)),
            ("merkleRoot", .digest(header.merkleRoot)), ("proposer", .address(header.proposer)),
            ("transactions", .list(block.transactions.map(\.audit))),
            ("signature", .bytes(block.signature)), ("stateRoot", .digest(header.stateRoot)),
            ("voterSet", .digest(header.consensus.configuration)),
            ("voters", .list(certificate.finalization.voters.map { .number($0) })),
            ("bytes", .bytes(CanonicalEncoder.bytes(of: self))),
        ])
    }
}

extension SignedTransaction {
    var audit: AuditValue {
        .record([
            ("id", .digest(id)), ("sender", .address(sender)), ("nonce", .number(nonce)),
            ("expiryHeight", .number(expiryHeight)), ("kind", .text("\(transaction.kind)")),
            ("content", transaction.audit), ("signature", .bytes(signature.bytes)),
        ])
    }
}
