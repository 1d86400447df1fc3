// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs of one kind, on all cores.
struct Group {
    var name: String
    /// Each gives what it did in numbers, or throws what is wrong.
    var jobs: [@Sendable () throws -> Tally]
    /// What must hold of all of them together.
    var check: (Tally) -> String? = { _ in nil }
}

/// What jobs have counted.
struct Tally: Sendable {
    var runs = 0
    var events = 0
    var forks = 0

    static func + (left: Tally, right: Tally) -> Tally {
        Tally(
            runs: left.runs + right.runs, events: left.events + right.events,
            forks: left.forks + right.forks)
    }
}

/// What a run did that it must not.
struct Failure: Error, CustomStringConvertible {
    var description: String
}

struct Report {
    private(set) var hasFailed = false
    private var hasHeader = false

    /// Runs the jobs of each group side by side and prints a line for the group.
    mutating func run(_ groups: [Group]) async {
        if !hasHeader {
            print(Self.line("campaign", "runs", "events", "forks", "seconds", "result"))
        }
        hasHeader = true
        for group in groups {
            let clock = ContinuousClock()
            let start = clock.now
            var tally = Tally()
            var failures: [String] = []
            await withTaskGroup(of: Result<Tally, any Error>.self) { tasks in
                for job in group.jobs { tasks.addTask { Result { try job() } } }
                for await result in tasks {
                    switch result {
                    case .success(let part): tally = tally + part
                    case .failure(let error): failures.append("\(error)")
                    }
                }
            }
            if failures.isEmpty, let complaint = group.check(tally) { failures = [complaint] }
            hasFailed = hasFailed || !failures.isEmpty
            let time = (clock.now - start) / .seconds(1)
            print(
                Self.line(
                    group.name, "\(tally.runs)", "\(tally.events)", "\(tally.forks)",
                    String(format: "%.1f", time), failures.isEmpty ? "ok" : "FAILED"))
            for failure in failures.sorted().prefix(5) { print("    \(failure)") }
            fflush(nil)
        }
    }

    private static func line(_ name: String, _ columns: String...) -> String {
        let rest = columns.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
        return name.padding(toLength: 44, withPad: " ", startingAt: 0) + rest.joined()
    }
}
