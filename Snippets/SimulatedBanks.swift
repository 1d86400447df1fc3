// SPDX-License-Identifier: Apache-2.0

// Seven banks agree on fifty blocks while messages are lost, nodes stop, and two of them lie.
import LedgerTestKit

var plan = SimulationPlan(seed: 7)
plan.banks = 7
plan.byzantineBanks = [1: .doubleVoter, 4: .silent]
let report = try Simulation(plan).run()
print("height", report.height, "forked", report.hasForked, "convicted", report.convicted)
