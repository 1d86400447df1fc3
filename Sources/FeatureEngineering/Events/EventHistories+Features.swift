// SPDX-License-Identifier: Apache-2.0

extension EventHistories {
    /// The features of every row, in the order of the rows and of the recipe's measures.
    ///
    /// Numbers of the same history are the same, bit for bit, in every batch and every log.
    ///
    /// - Parameter progress: Sees every feature that is done, and may ask to stop.
    /// - Returns: A table of `count` rows; numeric columns, but ``EventMeasure/Statistic/last`` of
    ///   a categorical, text or date attribute keeps that kind.
    /// - Throws: ``FeatureError``: `invalidParameter` for a measure that contradicts itself;
    ///   `unknownLevel` for a kind or `unknownColumn` for an attribute that the log does not have;
    ///   `wrongKind` for an attribute that is not numeric; `duplicateColumn` if two features have
    ///   one name; `outOfRange` with row and feature if a sum is not finite; `cancelled` if the
    ///   task was cancelled or `progress` asked to stop.
    /// - Complexity: O(rows x features x (events of the window + log of the account's events)).
    public func features(
        _ recipe: EventFeatures, progress: FitObserver? = nil
    ) throws(FeatureError) -> Table {
        for measure in recipe.measures { try measure.validate() }
        var ranges = WindowRanges(self)
        var columns: [Column] = []
        let stepLimit = recipe.names.count
        for measure in recipe.measures {
            let scan = try EventScan(storage, kinds: measure.kinds, attribute: measure.attribute)
            let numeric =
                measure.statistic == .last ? nil : try MeasureScan(scan, measure, storage)
            for (window, name) in zip(measure.windows, measure.names) {
                let column =
                    if let numeric {
                        Column(
                            name: name,
                            storage: .numeric(
                                try numeric.values(window, self, &ranges, name: name)))
                    } else {
                        try storage.attributes[column: measure.attribute ?? ""].gathered(
                            ranges.ranges(window, scan).map(scan.last), name: name)
                    }
                columns.append(column)
                let report = FitProgress(
                    stage: name, step: columns.count, stepLimit: stepLimit, objective: nil)
                if Task.isCancelled || report.isStopped(by: progress) {
                    throw FeatureError(
                        .cancelled, "stopped after feature \(columns.count) of \(stepLimit)",
                        column: name)
                }
            }
        }
        guard !columns.isEmpty else {
            throw FeatureError(.emptyInput, "there is no measure to make features of")
        }
        return try Table(columns)
    }
}

/// Where the events of windows lie, found once for all measures.
struct WindowRanges {
    private let histories: EventHistories
    private var known: [EventWindow: [Range<Int>]] = [:]

    init(_ histories: EventHistories) { self.histories = histories }

    /// The positions of the window's events for every row; those that `scan` does not take too.
    mutating func ranges(_ window: EventWindow, _ scan: EventScan) -> [Range<Int>] {
        switch window.unit {
        case .all: return histories.ranges
        case .events: return histories.ranges.map { scan.newest(window, in: $0) }
        case .months, .days:
            if let ranges = known[window] { return ranges }
            let ranges = histories.ranges.indices.map { row in
                let history = histories.ranges[row]
                let days = window.dayRange(
                    asOf: histories.dates.date(row), histories.dates.boundary)
                let end = histories.storage.firstEvent(notBefore: days.upperBound, in: history)
                let start = histories.storage.firstEvent(
                    notBefore: days.lowerBound, in: history.lowerBound..<end)
                return start..<end
            }
            known[window] = ranges
            return ranges
        }
    }
}

extension Column {
    /// The values at `positions`, missing where there is none.
    fileprivate func gathered(_ positions: [Int?], name: String) -> Column {
        let gathered: Storage =
            switch storage {
            case .numeric(let values): .numeric(positions.map { $0.map { values[$0] } ?? .nan })
            case .categorical(let codes, let levels):
                .categorical(codes: positions.map { $0.map { codes[$0] } ?? -1 }, levels: levels)
            case .text(let values): .text(positions.map { $0.flatMap { values[$0] } })
            case .date(let days):
                .date(positions.map { $0.map { days[$0] } ?? Self.missingDay })
            }
        return Column(name: name, storage: gathered)
    }
}
