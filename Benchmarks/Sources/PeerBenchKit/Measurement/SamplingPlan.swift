// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// How often work is repeated.
package struct SamplingPlan: Sendable {
    /// The number of samples.
    package var sampleCount = 7

    /// Seconds that a sample lasts at least; short work is repeated within it.
    package var sampleSeconds = 0.02

    /// Seconds of work before the first sample, two repetitions at least.
    package var warmUpSeconds = 0.25

    package init() {}

    /// Seconds per repetition, one number per sample, and the mean number of busy cores.
    ///
    /// `didStart` is called after the first repetition, when the threads of the work exist.
    package func measure(
        _ work: () throws -> Void, didStart: () -> Void
    ) rethrows -> (times: [Double], busyCores: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        var (repetitions, last) = (0, 0.0)
        repeat {
            last = try clock.measure(work).seconds
            repetitions += 1
            if repetitions == 1 { didStart() }
        } while repetitions < 2 || start.duration(to: clock.now).seconds < warmUpSeconds

        let inner = max(1, min(100_000, (sampleSeconds / max(last, 1e-9)).rounded(.up)))
        let processor = processorSeconds()
        var times: [Double] = []
        for _ in 0..<sampleCount {
            let sample = try clock.measure { for _ in 0..<Int(inner) { try work() } }
            times.append(sample.seconds / inner)
        }
        let busy = processorSeconds() - processor
        return (times, busy / max(times.reduce(0, +) * inner, 1e-9))
    }
}

/// Processor time of all threads of this process.
private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
