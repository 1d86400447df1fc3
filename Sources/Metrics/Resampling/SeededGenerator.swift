// SPDX-License-Identifier: Apache-2.0

/// A stream of random numbers that is fixed by a seed and the number of the stream (SplitMix64).
///
/// G. L. Steele, D. Lea, C. H. Flood, OOPSLA (2014), https://doi.org/10.1145/2660193.2660195.
struct SeededGenerator {
    private var state: UInt64

    init(seed: UInt64, stream: UInt64) {
        state = Self.mixed(seed &+ Self.mixed(stream &+ 0x9E37_79B9_7F4A_7C15))
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number below `bound`, each equally likely but for one part in 2^64 / bound.
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Int(Self.mixed(state).multipliedFullWidth(by: UInt64(bound)).high)
    }
}
