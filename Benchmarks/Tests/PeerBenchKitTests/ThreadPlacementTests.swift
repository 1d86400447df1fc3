// SPDX-License-Identifier: Apache-2.0

import PeerBenchKit
import Testing

@Suite struct ThreadPlacementTests {
    /// The thread of this function is pinned and set free again.
    @Test func pinsAndReleases() {
        let before = ThreadPlacement.allowedCores
        #expect(!before.isEmpty)
        let placement = ThreadPlacement(threadCount: 1)
        placement.pin()
        #expect(ThreadPlacement.allowedCores == [before[0]])
        placement.release()
        #expect(ThreadPlacement.allowedCores == before)
    }

    /// More threads than cores are left to the system.
    @Test func tooManyThreadsAreNotPinned() {
        let before = ThreadPlacement.allowedCores
        ThreadPlacement(threadCount: before.count + 1).pin()
        #expect(ThreadPlacement.allowedCores == before)
    }
}
