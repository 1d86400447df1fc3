// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import LedgerTestKit
import Testing

@Suite("E1, J5: nodes with real keys and files") struct LocalClusterTests {
    func withPlan<Value>(_ body: (inout ClusterPlan) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "cluster-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var plan = ClusterPlan(folder: folder.path)
        plan.transactions = 120
        plan.batch = 50
        return try body(&plan)
    }

    @Test("Every transaction is final once, in the same order on every node", arguments: [1, 4])
    func agreement(nodes: Int) throws {
        try withPlan { plan in
            plan.nodes = nodes
            let cluster = try LocalCluster(plan)
            #expect(cluster.transactionSize == ClusterPlan.transactionSize)
            let report = try cluster.run()
            #expect(report.isComplete && report.isConsistent, "\(report)")
            #expect(report.transactions == 120 && report.blocks >= 3)
            #expect(report.flushes >= nodes * report.blocks)
            #expect(report.transactionsPerSecond > 0)
        }
    }

    @Test func aForgedTransactionIsFound() throws {
        try withPlan { plan in
            let cluster = try LocalCluster(plan, forging: 77)
            let error = #expect(throws: LedgerError.self) { try cluster.run() }
            #expect(error?.code == .badSignature)
        }
    }

    @Test func plansThatCannotRunAreRefused() throws {
        try withPlan { plan in
            var empty = plan
            empty.transactions = 0
            #expect(throws: LedgerError.self) { try LocalCluster(empty) }
            var nowhere = plan
            nowhere.folder += "/nothing"
            let error = #expect(throws: LedgerError.self) { try LocalCluster(nowhere) }
            #expect(error?.code == .storage)
        }
    }
}
