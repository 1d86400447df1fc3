// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension ScoreScale: Codable {
    private enum CodingKeys: String, CodingKey {
        case basePoints, baseOdds, pointsToDoubleOdds, lowest, highest, gradeLimits
    }

    /// Reads a scale and checks it as the initialiser does.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let lowest = try values.decode(Int.self, forKey: .lowest)
        let highest = try values.decode(Int.self, forKey: .highest)
        guard lowest < highest else {
            throw LendingError(.invalidScale, "lowest points \(lowest), highest \(highest)")
        }
        try self.init(
            basePoints: values.decode(Int.self, forKey: .basePoints),
            baseOdds: values.decode(Double.self, forKey: .baseOdds),
            pointsToDoubleOdds: values.decode(Double.self, forKey: .pointsToDoubleOdds),
            range: lowest...highest,
            gradeLimits: values.decode(ScoreGrade.Limits.self, forKey: .gradeLimits))
    }

    /// Writes what the initialiser takes.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(basePoints, forKey: .basePoints)
        try values.encode(baseOdds, forKey: .baseOdds)
        try values.encode(pointsToDoubleOdds, forKey: .pointsToDoubleOdds)
        try values.encode(range.lowerBound, forKey: .lowest)
        try values.encode(range.upperBound, forKey: .highest)
        try values.encode(gradeLimits, forKey: .gradeLimits)
    }
}

extension ScoreScale: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(basePoints)
        encoder.encode(baseOdds)
        encoder.encode(pointsToDoubleOdds)
        encoder.encode(range.lowerBound)
        encoder.encode(range.upperBound)
        for limit in gradeLimits.ascending { encoder.encode(limit) }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let basePoints = try decoder.decodeInt()
        let baseOdds = try decoder.decodeDouble()
        let pointsToDoubleOdds = try decoder.decodeDouble()
        let lowest = try decoder.decodeInt()
        let highest = try decoder.decodeInt()
        let weak = try decoder.decodeInt()
        let fair = try decoder.decodeInt()
        let good = try decoder.decodeInt()
        let excellent = try decoder.decodeInt()
        guard lowest < highest else { throw decoder.error("points \(lowest)...\(highest)") }
        do {
            try self.init(
                basePoints: basePoints, baseOdds: baseOdds,
                pointsToDoubleOdds: pointsToDoubleOdds, range: lowest...highest,
                gradeLimits: ScoreGrade.Limits(
                    excellent: excellent, good: good, fair: fair, weak: weak))
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension ScoreScale {
    /// The one byte form of the scale, from which ``init(canonicalBytes:)`` reads it back.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Reads a scale from its canonical bytes.
    ///
    /// - Throws: ``LendingError`` with code `invalidScale` naming the
    ///   byte at which reading stopped.
    public init(canonicalBytes bytes: [UInt8]) throws(LendingError) {
        do {
            self = try CanonicalDecoder.decode(from: bytes)
        } catch {
            throw LendingError(.invalidScale, "\(error)")
        }
    }

    /// SHA-256 of the canonical bytes under their own domain (32 bytes).
    public var digest: [UInt8] {
        SHA256Hash.hash(domain: Domain("score-scale", version: 1), canonicalBytes)
    }

    /// The scale's name on the ledger: `pdo-` and the first 32 hexadecimal digits of ``digest``.
    public var identifier: String { "pdo-" + Hexadecimal.string(digest.prefix(16)) }
}
