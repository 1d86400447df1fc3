// SPDX-License-Identifier: Apache-2.0

/// Work of ours beside the plain way of doing the same.
package struct OverheadPair: Sendable {
    /// How the cost of ours is told.
    enum Measure: Sendable {
        /// Nanoseconds per operation on top of the plain way.
        case addedNanoseconds(limit: Double)

        /// Our time divided by that of the plain way.
        case factor(limit: Double)
    }

    /// What is done, such as `overhead.matmul.f64.4`.
    package let id: String
    let measure: Measure

    /// How many operations one call of ``Work/ours`` or ``Work/plain`` does.
    let operationCount: Int

    /// Makes the work with its own input.
    package let prepare: @Sendable () -> Work

    /// The two ways; each leaves a result that both must agree on.
    package struct Work {
        package let ours: () -> Void
        package let plain: () -> Void

        /// The results of the latest calls.
        let results: () -> (ours: [Double], plain: [Double])

        /// - Throws: `.wrongResult` when the results differ.
        package func check(_ id: String) throws(BenchmarkError) {
            let (ours, plain) = results()
            guard ours == plain else {
                throw BenchmarkError(
                    code: .wrongResult, message: "\(id): \(ours) where plain code has \(plain)")
            }
        }
    }

    /// Measures both ways in turn, `sampleCount` times; the fastest sample of each counts.
    package func figure(sampleCount: Int = 200) throws(BenchmarkError) -> OverheadFigure {
        let work = prepare()
        let clock = ContinuousClock()
        var (ours, plain) = (Double.infinity, Double.infinity)
        for _ in 0..<sampleCount {
            ours = min(ours, clock.measure(work.ours).nanoseconds)
            plain = min(plain, clock.measure(work.plain).nanoseconds)
        }
        try work.check(id)
        return switch measure {
        case .addedNanoseconds(let limit):
            OverheadFigure(
                id: id, value: (ours - plain) / Double(operationCount), unit: "ns", limit: limit)
        case .factor(let limit):
            OverheadFigure(id: id, value: ours / plain, unit: "x", limit: limit)
        }
    }
}

/// All pairs, in the order in which they are published.
package let overheadPairs: [OverheadPair] = [
    newSmallProduct, storedSmallProduct, elementReading, elementWriting, voteChecking,
    certificateChecking, blockChecking,
]

extension Duration {
    fileprivate var nanoseconds: Double {
        Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
    }
}
