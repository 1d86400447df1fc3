// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The threads over which the signatures of one block are checked.
///
/// The result is the same for every number of threads, also which transaction an error names.
public enum SignatureThreads {
    private static let chosen = Atomic(0)

    /// The most threads for one block, for the whole process; at first the number of processors.
    ///
    /// 1 keeps every check on the thread that asked for it, which suits a program that has a thread
    /// for each chain.
    ///
    /// - Precondition: The limit is positive.
    public static var limit: Int {
        get {
            let limit = chosen.load(ordering: .relaxed)
            return limit > 0 ? limit : ProcessInfo.processInfo.activeProcessorCount
        }
        set {
            precondition(newValue > 0, "\(newValue) threads")
            chosen.store(newValue, ordering: .relaxed)
        }
    }

    /// How many checks are worth waking a thread for.
    private static let checksPerThread = 4

    /// What `check` says of every index below `count`, in order.
    static func map<Answer: Sendable>(
        _ count: Int, _ check: @Sendable (Int) -> Answer
    ) -> [Answer] {
        let threads = min(limit, count / checksPerThread)
        guard threads > 1 else { return (0..<count).map(check) }
        return [Answer](unsafeUninitializedCapacity: count) { buffer, written in
            // Every thread writes to places of its own.
            nonisolated(unsafe) let buffer = buffer
            let next = Atomic(0)
            DispatchQueue.concurrentPerform(iterations: threads) { _ in
                while true {
                    let index = next.add(1, ordering: .relaxed).oldValue
                    guard index < count else { return }
                    buffer.initializeElement(at: index, to: check(index))
                }
            }
            written = count
        }
    }
}

extension [SignedTransaction] {
    /// Why the sender or the signature of each is refused, if it is.
    package func faults(_ registry: MemberRegistry) -> [LedgerError?] {
        SignatureThreads.map(count) { index in
            do throws(LedgerError) {
                try self[index].verify(registry)
                return nil
            } catch {
                return error
            }
        }
    }
}
