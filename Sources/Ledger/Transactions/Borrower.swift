// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Whose score it is: a registered address, or an identifier that means nothing to others.
///
/// An opaque identifier should be a salted digest: a digest of a name or account number alone can
/// be guessed.
public enum Borrower: Hashable, Sendable, CustomStringConvertible {
    /// An address on the chain.
    case address(Address)
    /// 32 bytes that only the parties can relate to a person.
    case opaque(LedgerDigest)

    /// The hexadecimal digits.
    public var description: String {
        switch self {
        case .address(let address): address.description
        case .opaque(let digest): digest.description
        }
    }
}

extension Borrower: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .address(let address):
            encoder.encode(UInt8(1))
            encoder.encode(address)
        case .opaque(let digest):
            encoder.encode(UInt8(2))
            encoder.encode(digest)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 1: self = .address(try Address(from: &decoder))
        case 2: self = .opaque(try LedgerDigest(from: &decoder))
        case let tag: throw decoder.error("\(tag) is no kind of borrower")
        }
    }
}
