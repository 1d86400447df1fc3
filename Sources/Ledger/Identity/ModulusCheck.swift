// SPDX-License-Identifier: Apache-2.0

/// What BoringSSL does not refuse of RSA moduli: those that are shorter than their bytes, and those
/// with a small factor (NIST SP 800-89 section 5.3.3).
enum ModulusCheck {
    /// The primes below 752.
    private static let smallPrimes: [Int] = (2..<752).filter { candidate in
        !(2..<candidate).contains { $0 * $0 <= candidate && candidate.isMultiple(of: $0) }
    }

    /// Refuses an unsound modulus, big-endian.
    static func check(_ modulus: [UInt8]) throws(LedgerError) {
        guard let first = modulus.first, first & 0x80 != 0 else {
            throw LedgerError(
                .unsafeKey, "the modulus has fewer than \(modulus.count * 8) significant bits")
        }
        for prime in smallPrimes {
            let remainder = modulus.reduce(0) { ($0 << 8 | Int($1)) % prime }
            guard remainder != 0 else {
                throw LedgerError(.unsafeKey, "the modulus is divisible by \(prime)")
            }
        }
    }
}
