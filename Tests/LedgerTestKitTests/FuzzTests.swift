// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import LedgerTestKit
import Testing

/// T13: readers and verifiers of proofs under changed inputs.
///
/// None crashes, has two forms of a value or accepts a false statement. `Tests/Campaigns` does the
/// same with a million inputs each.
@Suite("T13: fuzzing") struct FuzzTests {
    /// How many changed inputs each reader gets here: `CREDIT_FUZZ_COUNT`, else a thousand.
    static let count =
        ProcessInfo.processInfo.environment["CREDIT_FUZZ_COUNT"].flatMap { Int($0) } ?? 1000

    @Test("T13: no reader crashes or is deceived") func everySubject() throws {
        let subjects = try FuzzSubject.ledger()
        #expect(Set(subjects.map(\.name)).count == subjects.count)
        let transactions = try #require(subjects.first { $0.name == "Transaction" })
        #expect(transactions.corpus.count == Transaction.Kind.allCases.count)
        for subject in subjects {
            let complaint = subject.complaint(count: Self.count, seed: 1)
            #expect(complaint == nil, "\(subject.name)")
        }
    }

    /// A verifier that looks away is found out.
    @Test("T13: a careless reader is caught") func carelessReadersAreCaught() {
        let corpus: [[UInt8]] = [[7, 1, 2, 3], [9, 0]]
        let trusting = FuzzSubject("first byte only", corpus: corpus) { bytes in
            guard bytes.first == 7 || bytes.first == 9 else {
                throw LedgerError(.malformedBytes, "begins with \(bytes.first ?? 0)")
            }
            return corpus.contains(bytes) ? nil : "other bytes behind the first"
        }
        #expect(trusting.complaint(count: 100, seed: 1)?.contains("other bytes") == true)
        #expect(trusting.complaint(count: 0, seed: 1) == nil)
        let strict = FuzzSubject("refuses all", corpus: corpus) { _ in
            throw LedgerError(.malformedBytes, "no")
        }
        #expect(strict.complaint(count: 0, seed: 1)?.contains("is refused") == true)
    }

    @Test("T13: a seed is a stream of inputs") func aSeedIsAStream() {
        func inputs(_ seed: UInt64) -> [[UInt8]] {
            var mutation = InputMutation(corpus: [[1, 2, 3], Array(0..<40)], seed: seed)
            return (0..<50).map { _ in mutation.next() }
        }
        #expect(inputs(1) == inputs(1))
        #expect(inputs(1) != inputs(2))
        #expect(Set(inputs(1)).count > 40)
    }
}
