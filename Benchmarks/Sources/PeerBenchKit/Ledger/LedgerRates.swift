// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import LedgerTestKit

/// The time for an event of a simulated network of four banks and four bureaus with common faults,
/// in microseconds; the fastest of some runs.
///
/// - Throws: `.wrongResult` when the run breaks a rule or its second run differs.
package func simulatedEvent(heights: UInt64, runs: Int = 5) throws -> OverheadFigure {
    var plan = SimulationPlan(seed: 9)
    plan.heights = heights
    plan.faultyHeights = heights * 7 / 10
    let clock = ContinuousClock()
    var (fastest, audits) = (Double.infinity, Set<UInt64>())
    for _ in 0..<runs {
        let simulation = try Simulation(plan)
        let start = clock.now
        let report = simulation.run()
        fastest = min(fastest, (clock.now - start).microseconds / Double(report.events))
        audits.insert(report.audit)
        guard report.violations.isEmpty, !report.hasForked, !report.isStuck, audits.count == 1
        else {
            throw BenchmarkError(code: .wrongResult, message: "ledger.simulator: \(report)")
        }
    }
    return OverheadFigure(id: "ledger.simulator", value: fastest, unit: "µs", limit: 10)
}

/// The time for a transaction of 256 bytes that four nodes in this process check, agree on and
/// flush, in microseconds; the fastest of some runs.
///
/// - Throws: `.wrongResult` when a transaction is missing or the nodes disagree.
package func clusterTransaction(count: Int, runs: Int = 3) throws -> OverheadFigure {
    var fastest = Double.infinity
    for _ in 0..<runs {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ledger-cluster-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var plan = ClusterPlan(folder: folder.path)
        plan.transactions = count
        let report = try LocalCluster(plan).run()
        guard report.isComplete, report.isConsistent, report.transactions == count else {
            throw BenchmarkError(code: .wrongResult, message: "ledger.cluster: \(report)")
        }
        fastest = min(fastest, report.duration.microseconds / Double(count))
    }
    return OverheadFigure(id: "ledger.cluster.4", value: fastest, unit: "µs", limit: 333)
}

extension Duration {
    fileprivate var microseconds: Double {
        Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12
    }
}
