// SPDX-License-Identifier: Apache-2.0

import LedgerTestKit

let report = try Simulation(SimulationPlan(seed: 1)).run()
precondition(report.violations.isEmpty && !report.hasForked && !report.isStuck)
print("LedgerTestKit", report.height, report.events)
