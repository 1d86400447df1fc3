// SPDX-License-Identifier: Apache-2.0

internal import CPeerBenchThreads
internal import FoundationEssentials
internal import Glibc

/// Keeps the threads of this process on cores of their own.
///
/// Some virtual machines pack lightly loaded threads onto one core. Pools that synchronise often,
/// as a BLAS does, then run one after the other at random. `PEERS_PIN=0` leaves threads alone.
package struct ThreadPlacement {
    /// The cores that this thread may use.
    package let allowed: [Int32]

    /// The cores that are given out, this thread's first; empty when nothing is pinned.
    private let cores: [Int32]

    /// Plans for this thread and `threadCount - 1` workers of each pool.
    package init(threadCount: Int) {
        allowed = Self.allowedCores
        let isWanted = getenv("PEERS_PIN").map { String(cString: $0) } != "0"
        cores =
            isWanted && allowed.count >= threadCount ? Array(allowed.prefix(threadCount)) : []
    }

    /// The cores that the calling thread may use now.
    package static var allowedCores: [Int32] {
        [Int32](unsafeUninitializedCapacity: 1024) { buffer, count in
            count = Int(peerbench_allowed_cores(buffer.baseAddress, Int32(buffer.count)))
        }
    }

    /// Gives this thread the first core and the others, in the order of their birth, the rest.
    package func pin() {
        guard let first = cores.first else { return }
        let caller = peerbench_thread()
        assign(caller, [first])
        guard cores.count > 1 else { return }
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        let workers = tasks.compactMap { Int32($0) }.filter { $0 != caller }.sorted()
        for (index, worker) in workers.enumerated() {
            assign(worker, [cores[1 + index % (cores.count - 1)]])
        }
    }

    /// Lets this thread run on all its cores again, so that threads it starts may do so too.
    package func release() {
        if !cores.isEmpty { assign(peerbench_thread(), allowed) }
    }

    private func assign(_ thread: Int32, _ cores: [Int32]) {
        // A thread may have ended since it was listed; that is no failure.
        _ = peerbench_set_cores(thread, cores, Int32(cores.count))
    }
}
