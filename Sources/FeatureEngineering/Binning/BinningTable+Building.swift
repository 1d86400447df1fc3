// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions

extension VariableBinning {
    /// The bins as a table of counts and divergences.
    ///
    /// - Complexity: O(bins log(bins)).
    public var table: BinningTable {
        let all = ClassCounts(nonEvents: nonEvents, events: events)
        var rows: [BinningTable.Row] = []
        var hellinger = 0.0
        var triangular = 0.0
        var largest = 0.0
        var below = (events: 0.0, nonEvents: 0.0)
        for bin in bins {
            let p = bin.events / all.events
            let q = bin.nonEvents / all.nonEvents
            rows.append(
                BinningTable.Row(
                    label: bin.label, count: bin.count, share: bin.count / all.total,
                    nonEvents: bin.nonEvents, events: bin.events, eventRate: bin.eventRate,
                    weightOfEvidence: bin.weightOfEvidence,
                    informationValue: (q - p) * bin.weightOfEvidence,
                    jensenShannon: OptimalBinning.Divergence.jensenShannon.term(p, q)))
            hellinger += OptimalBinning.Divergence.hellinger.term(p, q)
            triangular += OptimalBinning.Divergence.triangular.term(p, q)
            below = (below.events + p, below.nonEvents + q)
            largest = max(largest, abs(below.events - below.nonEvents))
        }
        let regular = bins[regularBins].map(ClassCounts.init)
        return BinningTable(
            variable: variable, rows: rows,
            totals: BinningTable.Row(
                label: "Totals", count: all.total, share: 1, nonEvents: all.nonEvents,
                events: all.events, eventRate: all.eventRate, weightOfEvidence: 0,
                informationValue: rows.reduce(0) { $0 + $1.informationValue },
                jensenShannon: rows.reduce(0) { $0 + $1.jensenShannon }),
            hellinger: hellinger, triangular: triangular, gini: gini, kolmogorovSmirnov: largest,
            pValues: zip(regular, regular.dropFirst()).map {
                2 * NormalDistribution.survival(proportionStatistic($0, $1))
            })
    }

    /// The information value of all bins.
    public var informationValue: Double {
        let (events, nonEvents) = (events, nonEvents)
        return bins.reduce(0) {
            $0 + ($1.nonEvents / nonEvents - $1.events / events) * $1.weightOfEvidence
        }
    }

    /// Twice the area above the diagonal of the curve of events over non-events, bins with the
    /// highest event rates first.
    private var gini: Double {
        let (events, nonEvents) = (events, nonEvents)
        var below = 0.0
        var area = 0.0
        let sorted = bins.map(ClassCounts.init).filter { $0.total > 0 }
            .sorted { $0.comparedRate(to: $1) > 0 }
        for bin in sorted {
            area += bin.events * (bin.nonEvents + 2 * below)
            below += bin.nonEvents
        }
        return 1 - area / (events * nonEvents)
    }
}

extension ClassCounts {
    init(_ bin: VariableBinning.Bin) {
        self.init(nonEvents: bin.nonEvents, events: bin.events)
    }
}

extension VariableBinning.Bin {
    /// The bin in words: `[59.5, 63.5)`, `A48, A41`, `Rare: A44`, the name of a special code,
    /// `Missing` or `Unknown`; `or missing` is added where missing values join it.
    public var label: String {
        let name =
            switch content {
            case .interval(let lower, let upper):
                "\(lower.map { "[\($0.shortText)" } ?? "(-inf"), \(upper?.shortText ?? "inf"))"
            case .levels(let levels): levels.joined(separator: ", ")
            case .rareLevels(let levels):
                levels.isEmpty ? "Rare" : "Rare: " + levels.joined(separator: ", ")
            case .special(let code): code.name
            case .missing: "Missing"
            case .unknownLevels: "Unknown"
            }
        return includesMissing ? name + " or missing" : name
    }
}
