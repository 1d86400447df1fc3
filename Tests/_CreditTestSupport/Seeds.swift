// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The seeds of property tests: `CREDIT_TEST_SEED` replays one, else `count` fixed ones are used.
///
/// A failing property prints its seed as the test's argument.
public func propertySeeds(_ count: Int) -> [UInt64] {
    if let text = ProcessInfo.processInfo.environment["CREDIT_TEST_SEED"], let seed = UInt64(text) {
        return [seed]
    }
    return (1...UInt64(count)).map { $0 &* 0x9E37_79B9_7F4A_7C15 }
}

/// A small generator for test inputs (SplitMix64), independent of the library's own streams.
public struct TestGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Starts at `seed`.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
