// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing
import _CreditTestSupport

@Suite("D5: block times") struct BlockTimeTests {
    /// A clock that jumps in both directions: times of blocks grow strictly all the same.
    @Test(arguments: propertySeeds(6)) func timesOfBlocksGrow(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        for _ in 0..<12 {
            let before = chain.state.timestamp
            let now = UInt64.random(in: Network.start - 50...Network.start + 50, using: &generator)
            let header = try chain.append([], agreedBy: network.members, now: now)
            #expect(header.timestamp == max(now, before + 1))
        }
    }
}
