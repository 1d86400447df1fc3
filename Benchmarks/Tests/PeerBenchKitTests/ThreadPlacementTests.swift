// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
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

    /// A thread that is made while its maker is pinned begins on the maker's core; pinning again
    /// gives it one of its own.
    @Test func loopThreadsMadeLaterAreMoved() async {
        guard ThreadPlacement.allowedCores.count > 1 else { return }
        await #expect(processExitsWith: .success) {
            let cores = ThreadPlacement.allowedCores
            let placement = ThreadPlacement(threadCount: 2)
            placement.pin()
            LoopThreads.limit = 2
            let before = ThreadPlacement.coresOfOtherThreads.count
            _ = Vector<Double>.zeros(1 << 20).exp()
            let made = ThreadPlacement.coresOfOtherThreads.dropFirst(before)
            guard Array(made) == [[cores[0]]] else { throw CocoaError(.featureUnsupported) }
            placement.pin()
            guard ThreadPlacement.coresOfOtherThreads.allSatisfy({ $0 == [cores[1]] }) else {
                throw CocoaError(.featureUnsupported)
            }
            placement.release()
            guard ThreadPlacement.coresOfOtherThreads.allSatisfy({ $0 == cores }) else {
                throw CocoaError(.featureUnsupported)
            }
        }
    }
}
