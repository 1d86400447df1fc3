// SPDX-License-Identifier: Apache-2.0

/// How long a bureau has, in milliseconds.
public struct ConsensusTiming: Hashable, Sendable {
    /// The time for a view after one with a final block, `t0`.
    public let initialTimeOut: UInt64
    /// By what factor it grows with every view since the last final block, `g`.
    public let growth: UInt64
    /// The longest time for a view.
    public let maximumTimeOut: UInt64
    /// How far a block's time may be ahead of a bank's clock, or behind it beyond the view's time.
    public internal(set) var drift: UInt64

    /// A timing.
    ///
    /// - Precondition: `initialTimeOut` is 1 or more, `growth` is 2 or more, and `maximumTimeOut`
    ///   is not below `initialTimeOut`.
    public init(
        initialTimeOut: UInt64 = 1000, growth: UInt64 = 2, maximumTimeOut: UInt64 = 64_000,
        drift: UInt64 = 10_000
    ) {
        precondition(
            initialTimeOut > 0 && growth > 1 && maximumTimeOut >= initialTimeOut,
            "time-outs from \(initialTimeOut) to \(maximumTimeOut) ms by \(growth)")
        self.initialTimeOut = initialTimeOut
        self.growth = growth
        self.maximumTimeOut = maximumTimeOut
        self.drift = drift
    }

    /// The time for a view after `skips` views without a final block: `t0 * g^skips`, at most the
    /// longest.
    public func timeOut(afterSkips skips: UInt64) -> UInt64 {
        var time = initialTimeOut
        var left = skips
        while left > 0, time < maximumTimeOut {
            let (product, overflow) = time.multipliedReportingOverflow(by: growth)
            time = overflow ? maximumTimeOut : min(maximumTimeOut, product)
            left -= 1
        }
        return time
    }
}
