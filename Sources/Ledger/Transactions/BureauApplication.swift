// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A bureau or prospective bureau offers to serve in the coming cycle.
public struct BureauApplication: Hashable, Sendable {
    /// The cycle after the chain's present one.
    public let cycle: UInt64

    /// An application.
    public init(cycle: UInt64) { self.cycle = cycle }
}

extension BureauApplication: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(cycle) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        cycle = try decoder.decodeUInt64()
    }
}
