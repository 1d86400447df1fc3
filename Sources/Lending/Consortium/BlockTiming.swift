// SPDX-License-Identifier: Apache-2.0

/// When the next block is made: nothing in this module reads a clock.
public struct BlockTiming: Sendable {
    private let next: @Sendable (UInt64) -> UInt64

    /// Times from `source`, which is given the parent's time and must answer with a later one, both
    /// in milliseconds since 1970-01-01 UTC.
    public init(_ source: @escaping @Sendable (UInt64) -> UInt64) { next = source }

    /// One block every `step` milliseconds from `start`, or from the parent where that is later.
    ///
    /// - Precondition: `step` is above 0.
    public static func every(
        milliseconds step: UInt64, from start: UInt64 = 0
    ) -> BlockTiming {
        precondition(step > 0, "a step of 0 ms")
        return BlockTiming { max(start, $0 &+ step) }
    }

    /// The time of the block after one made at `parent`.
    func time(after parent: UInt64) -> UInt64 { next(parent) }
}
