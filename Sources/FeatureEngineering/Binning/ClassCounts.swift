// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The weight of rows without and with the event.
struct ClassCounts: Hashable, Sendable {
    var nonEvents = 0.0
    var events = 0.0

    var total: Double { nonEvents + events }
    /// Whether one of the classes does not occur.
    var isPure: Bool { nonEvents == 0 || events == 0 }
    var eventRate: Double { total > 0 ? events / total : 0 }

    mutating func add(_ weight: Double, isEvent: Bool) {
        if isEvent { events += weight } else { nonEvents += weight }
    }

    static func + (left: Self, right: Self) -> Self {
        Self(nonEvents: left.nonEvents + right.nonEvents, events: left.events + right.events)
    }

    static func - (left: Self, right: Self) -> Self {
        Self(nonEvents: left.nonEvents - right.nonEvents, events: left.events - right.events)
    }

    /// Below 0 if the event rate is smaller than that of `other`, 0 if equal; exact for counts
    /// below 2^26, since it compares products and not quotients.
    func comparedRate(to other: Self) -> Double { events * other.total - other.events * total }

    /// `ln(share of non-events / share of events)` among `all`.
    func weightOfEvidence(
        among all: ClassCounts, zeroCounts: OptimalBinning.ZeroCountPolicy
    ) -> Double {
        guard total > 0 else { return 0 }
        let more: Double
        switch zeroCounts {
        case _ where !isPure: more = 0
        case .jeffreys: more = 0.5
        case .laplace: more = 1
        case .neutral: return 0
        }
        return log((nonEvents + more) / (events + more)) + log(all.events / all.nonEvents)
    }
}

extension OptimalBinning.Divergence {
    /// The term of a bin with shares `p` of the events and `q` of the non-events.
    func term(_ p: Double, _ q: Double) -> Double {
        switch self {
        // Infinite for a pure bin, which the optimisation therefore leaves out of the objective.
        case .informationValue: p > 0 && q > 0 ? (q - p) * log(q / p) : 0
        case .jensenShannon: (Self.half(p, p + q) + Self.half(q, p + q)) / 2
        case .hellinger:
            (p.squareRoot() - q.squareRoot()) * (p.squareRoot() - q.squareRoot()) / 2
        case .triangular: p + q > 0 ? (p - q) * (p - q) / (p + q) : 0
        }
    }

    private static func half(_ part: Double, _ sum: Double) -> Double {
        part > 0 ? part * log(2 * part / sum) : 0
    }
}
