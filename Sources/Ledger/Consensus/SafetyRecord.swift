// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What a member has signed in its newest view, so that it never contradicts itself.
///
/// It is on the disk before a signature leaves the node. Nothing is ever signed for an earlier view
/// than the record's, so this one view is all that must be remembered.
public struct SafetyRecord: Hashable, Sendable {
    /// The epoch of the newest signature.
    public private(set) var epoch: UInt64 = 0
    /// The view of the newest signature; 0 where nothing was signed in the epoch.
    public private(set) var view: UInt64 = 0
    /// The block proposed in the view.
    public private(set) var proposed: LedgerDigest?
    /// The block notarized in the view.
    public private(set) var notarized: LedgerDigest?
    /// Whether the view was nullified.
    public private(set) var hasNullified = false
    /// The block finalized in the view.
    public private(set) var finalized: LedgerDigest?

    /// Nothing signed yet.
    public init() {}

    /// Whether signing `statement` contradicts nothing that was signed before.
    ///
    /// Signing the same again is allowed.
    public func allows(_ statement: ConsensusStatement) -> Bool {
        allows(statement, breaking: [])
    }

    func allows(_ statement: ConsensusStatement, breaking broken: BrokenRules) -> Bool {
        guard (statement.epoch, statement.view) >= (epoch, view) else {
            return broken.contains(.nullifyAfterFinalize) && statement.role == .nullify
        }
        guard (statement.epoch, statement.view) == (epoch, view) else { return true }
        func isOpen(_ signed: LedgerDigest?) -> Bool {
            signed == nil || signed == statement.digest
        }
        switch statement.role {
        case .propose: return isOpen(proposed)
        case .notarize:
            return broken.contains(.notarizeTwice)
                || !hasNullified && isOpen(notarized) && isOpen(finalized)
        case .nullify: return finalized == nil || broken.contains(.nullifyAfterFinalize)
        case .finalize:
            return isOpen(finalized) && (!hasNullified || broken.contains(.finalizeAfterNullify))
        }
    }

    /// Notes that `statement` will be signed.
    ///
    /// - Precondition: ``allows(_:)``.
    public mutating func note(_ statement: ConsensusStatement) {
        precondition(allows(statement), "\(statement) contradicts \(self)")
        write(statement)
    }

    /// Notes without a check; an earlier view changes nothing.
    mutating func write(_ statement: ConsensusStatement) {
        guard (statement.epoch, statement.view) >= (epoch, view) else { return }
        if (statement.epoch, statement.view) != (epoch, view) {
            self = SafetyRecord()
            epoch = statement.epoch
            view = statement.view
        }
        switch statement.role {
        case .propose: proposed = statement.digest
        case .notarize: notarized = statement.digest
        case .nullify: hasNullified = true
        case .finalize: finalized = statement.digest
        }
    }
}

extension SafetyRecord: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(epoch)
        encoder.encode(view)
        for digest in [proposed, notarized, finalized] {
            encoder.encode(optional: digest) { $0.encode($1) }
        }
        encoder.encode(hasNullified)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        epoch = try decoder.decodeUInt64()
        view = try decoder.decodeUInt64()
        var digests: [LedgerDigest?] = []
        for _ in 0..<3 {
            digests.append(
                try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                    try LedgerDigest(from: &decoder)
                })
        }
        proposed = digests[0]
        notarized = digests[1]
        finalized = digests[2]
        hasNullified = try decoder.decodeBool()
    }
}
