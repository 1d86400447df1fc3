// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
public import Ledger

/// A keyed hash in place of signatures: a thousand times cheaper, and worth nothing outside a
/// simulation, where everybody could sign as everybody and only agrees not to.
public struct SimulatedKeys: ConsensusKeys {
    private let secret: UInt64

    /// The keys of a member.
    public init(_ member: Address) { secret = Self.secret(of: member) }

    /// Eight bytes that depend on the member and all of the statement.
    public func sign(_ statement: ConsensusStatement) -> [UInt8] {
        Self.bytes(Self.tag(statement, secret))
    }

    /// Whether they are the member's.
    public func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool {
        signature.count == 8
            && Self.number(signature, 0) == Self.tag(statement, Self.secret(of: member))
    }

    private static func secret(of member: Address) -> UInt64 {
        mix(number(member.bytes, 0) ^ mix(number(member.bytes, 8)))
    }

    private static func tag(_ statement: ConsensusStatement, _ secret: UInt64) -> UInt64 {
        let digest = statement.digest.bytes
        var tag = mix(secret ^ UInt64(statement.role.rawValue))
        tag = mix(tag ^ statement.epoch)
        tag = mix(tag ^ statement.view)
        for offset in stride(from: 0, to: 32, by: 8) { tag = mix(tag ^ number(digest, offset)) }
        return tag
    }

    static func mix(_ value: UInt64) -> UInt64 {
        var bits = value &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
        bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}

extension Address {
    /// The address of a simulated member; no key belongs to it.
    package static func simulated(_ kind: UInt8, _ index: Int) -> Address {
        let name: [UInt8] = [kind, UInt8(index >> 8), UInt8(index & 255)]
        return Address(
            simulatedBytes: name
                + SHA256Hash.hash(domain: Domain("ledger-test-kit.address", version: 1), name)
                .prefix(17))
    }
}
