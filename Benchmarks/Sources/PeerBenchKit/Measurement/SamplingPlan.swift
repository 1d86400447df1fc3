// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// How often work is repeated.
package struct SamplingPlan: Sendable {
    /// The number of samples.
    package var sampleCount = 7

    /// Seconds that a sample lasts at least; short work is repeated within it.
    package var sampleSeconds = 0.02

    /// Seconds of work before the first sample, two repetitions at least.
    package var warmUpSeconds = 0.15

    package init() {}

    /// Seconds per repetition, one number per sample, and the mean number of busy cores.
    ///
    /// `prepare` is called after every repetition of the warm-up and before every sample, outside
    /// the time that is taken: the threads of the work exist after its first repetition, and some
    /// pools make more of them later.
    package func measure(
        _ work: () throws -> Void, prepare: () -> Void
    ) rethrows -> (times: [Double], busyCores: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        var (repetitions, fastest) = (0, Double.infinity)
        repeat {
            fastest = min(fastest, try clock.measure(work).seconds)
            repetitions += 1
            prepare()
        } while repetitions < 2 || start.duration(to: clock.now).seconds < warmUpSeconds

        let inner = max(1, min(100_000, (sampleSeconds / max(fastest, 1e-9)).rounded(.up)))
        var processor = 0.0
        var times: [Double] = []
        for _ in 0..<sampleCount {
            prepare()
            let before = processorSeconds()
            let sample = try clock.measure { for _ in 0..<Int(inner) { try work() } }
            processor += processorSeconds() - before
            times.append(sample.seconds / inner)
        }
        return (times, processor / max(times.reduce(0, +) * inner, 1e-9))
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
