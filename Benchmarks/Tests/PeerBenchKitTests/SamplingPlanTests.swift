// SPDX-License-Identifier: Apache-2.0

import PeerBenchKit
import Testing

@Suite struct SamplingPlanTests {
    @Test func twoRepetitionsWarmUpAndEachSampleIsOne() {
        var plan = SamplingPlan()
        (plan.sampleCount, plan.sampleSeconds, plan.warmUpSeconds) = (3, 0, 0)
        var (calls, starts) = (0, [Int]())
        let (times, _) = plan.measure {
            calls += 1
        } prepare: {
            starts.append(calls)
        }
        #expect(calls == 5)
        #expect(starts == [1, 2, 2, 3, 4])
        #expect(times.count == 3)
    }

    /// Work that takes a millisecond is repeated within a sample, and its time is per repetition.
    @Test func shortWorkIsRepeated() {
        var plan = SamplingPlan()
        (plan.sampleCount, plan.sampleSeconds, plan.warmUpSeconds) = (2, 0.1, 0)
        let clock = ContinuousClock()
        var calls = 0
        let (times, busyCores) = plan.measure {
            calls += 1
            let end = clock.now + .milliseconds(1)
            while clock.now < end {}
        } prepare: {
        }
        #expect(calls > 2 + 2)
        #expect(times.allSatisfy { $0 >= 0.001 })
        #expect(busyCores > 0)
    }
}
