// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The weighted mean and standard deviation that a network does not see of its targets.
struct TargetMoments: Hashable, Sendable {
    var mean = 0.0
    var deviation = 1.0

    init() {}

    init(_ targets: [(value: Double, weight: Double)]) {
        let total = targets.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return }
        mean = targets.reduce(0) { $0 + $1.weight * $1.value } / total
        let squares = targets.reduce(0) { sum, target in
            sum + target.weight * (target.value - mean) * (target.value - mean)
        }
        let spread = (squares / total).squareRoot()
        // A constant target has a spread of rounding errors only.
        if spread > 1e-12 * max(1, abs(mean)), spread.isFinite { deviation = spread }
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(mean)
        encoder.encode(deviation)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        mean = try decoder.decodeDouble()
        deviation = try decoder.decodeDouble()
        guard mean.isFinite, deviation > 0, deviation.isFinite else {
            throw decoder.error("targets of mean \(mean) and standard deviation \(deviation)")
        }
    }
}
