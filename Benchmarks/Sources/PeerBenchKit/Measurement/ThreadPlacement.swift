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
        cores(of: 0)
    }

    /// Gives this thread the first core and the others, in the order of their birth, the rest.
    ///
    /// A thread that is made later begins on the core of the one that made it; pin again then.
    package func pin() {
        guard let first = cores.first else { return }
        assign(peerbench_thread(), [first])
        guard cores.count > 1 else { return }
        for (index, worker) in Self.otherThreads.enumerated() {
            assign(worker, [cores[1 + index % (cores.count - 1)]])
        }
    }

    /// Lets all threads run on every core again, and those that they start.
    package func release() {
        guard !cores.isEmpty else { return }
        for thread in Self.otherThreads + [peerbench_thread()] { assign(thread, allowed) }
    }

    /// The threads of this process but the calling one, in the order of their birth.
    private static var otherThreads: [Int32] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.compactMap { Int32($0) }.filter { $0 != peerbench_thread() }.sorted()
    }

    /// The cores that each other thread may use now.
    package static var coresOfOtherThreads: [[Int32]] {
        otherThreads.map(cores(of:))
    }

    private static func cores(of thread: Int32) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: 1024) { buffer, count in
            count = Int(
                peerbench_allowed_cores(thread, buffer.baseAddress, Int32(buffer.count)))
        }
    }

    private func assign(_ thread: Int32, _ cores: [Int32]) {
        // A thread may have ended since it was listed; that is no failure.
        _ = peerbench_set_cores(thread, cores, Int32(cores.count))
    }
}
