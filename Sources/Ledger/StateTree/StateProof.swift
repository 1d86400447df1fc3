// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The proof of what a ``StateTree`` holds under a key, or that it holds nothing there.
public struct StateProof: Hashable, Sendable {
    /// Where the way of the key ends.
    public enum End: Hashable, Sendable {
        /// At the key, which has this value.
        case value(LedgerDigest)
        /// At an empty subtree: the key is absent.
        case nothing
        /// At the leaf of another key: the key is absent, as it would part from that one below.
        case other(key: StateKey, value: LedgerDigest)
    }

    /// The key.
    public let key: StateKey
    /// Where its way ends.
    public let end: End
    /// The hashes beside the way, from the root downwards.
    public let path: [LedgerDigest]

    /// A proof from elsewhere, which ``verify(root:)`` judges.
    public init(key: StateKey, end: End, path: [LedgerDigest]) {
        self.key = key
        self.end = end
        self.path = path
    }

    /// The canonical form.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Reads the canonical form.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("state proof", from: canonicalBytes)
    }

    /// The proven value of the key, `nil` where the proof is one of absence.
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot`, also where the other
    ///   leaf does not lie on the way.
    /// - Complexity: O(log n) hashes.
    public func verify(root: LedgerDigest) throws(LedgerError) -> LedgerDigest? {
        guard path.count <= 256 else {
            throw LedgerError(.wrongRoot, "a path of \(path.count) hashes for keys of 256 bits")
        }
        var hash: LedgerDigest
        let value: LedgerDigest?
        switch end {
        case .value(let proven):
            hash = StateHash.leaf(key, proven)
            value = proven
        case .nothing:
            hash = StateHash.empty
            value = nil
        case .other(let other, let otherValue):
            guard other != key, path.indices.allSatisfy({ other.bit($0) == key.bit($0) }) else {
                throw LedgerError(.wrongRoot, "\(other) does not lie on the way to \(key)")
            }
            hash = StateHash.leaf(other, otherValue)
            value = nil
        }
        for (depth, sibling) in path.enumerated().reversed() {
            hash = key.bit(depth) ? StateHash.node(sibling, hash) : StateHash.node(hash, sibling)
        }
        guard hash == root else {
            throw LedgerError(.wrongRoot, "the state of \(key) leads to root \(hash), not \(root)")
        }
        return value
    }
}

extension StateProof: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(key)
        switch end {
        case .value(let value):
            encoder.encode(UInt8(1))
            encoder.encode(value)
        case .nothing: encoder.encode(UInt8(2))
        case .other(let other, let value):
            encoder.encode(UInt8(3))
            encoder.encode(other)
            encoder.encode(value)
        }
        encoder.encode(path)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        key = try StateKey(from: &decoder)
        switch try decoder.decodeUInt8() {
        case 1: end = .value(try LedgerDigest(from: &decoder))
        case 2: end = .nothing
        case 3:
            end = .other(
                key: try StateKey(from: &decoder), value: try LedgerDigest(from: &decoder))
        case let tag: throw decoder.error("\(tag) is no end of a way")
        }
        path = try decoder.decodeArray()
    }
}
