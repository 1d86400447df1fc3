// SPDX-License-Identifier: Apache-2.0

extension EventHistories {
    /// What became of the enquiries of each window, which counts by the enquiry's date.
    ///
    /// For each window three columns: `matched enquiries`, how many led to a loan before the cut;
    /// `matched share`, their share of all enquiries of the window, missing without enquiries; and
    /// `mean days to loan`, missing if none led to a loan.
    ///
    /// - Parameter prefix: Put before the names, with a blank, to tell several matchings apart.
    /// - Throws: ``FeatureError``: `invalidParameter` for a window that counts events or for a rule
    ///   that contradicts itself; `unknownLevel` or `unknownColumn`.
    /// - Complexity: O(rows x events of the account).
    public func enquiryFeatures(
        _ matching: EnquiryMatching, over windows: [EventWindow] = .creditReport,
        prefix: String = ""
    ) throws(FeatureError) -> Table {
        let matcher = try EnquiryMatcher(matching, storage)
        let scan = try EventScan(storage, kinds: matching.enquiryKinds, attribute: nil)
        guard !windows.isEmpty else {
            throw FeatureError(.invalidParameter, "there is no window to count enquiries in")
        }
        for window in windows {
            try window.validate()
            guard window.unit != .events else {
                throw FeatureError(
                    .invalidParameter, "enquiries are counted by date, not in '\(window)'")
            }
        }
        let matches = ranges.map(matcher.matches)
        var ranges = WindowRanges(self)
        var columns: [Column] = []
        for window in windows {
            var (counts, shares, means): ([Double], [Double], [Double]) = ([], [], [])
            for (row, range) in ranges.ranges(window, scan).enumerated() {
                let days = matches[row].filter { range.contains($0.enquiry) }.map(\.days)
                let matched = Double(days.count)
                let all = Double(scan.count(in: range))
                counts.append(matched)
                shares.append(all == 0 ? .nan : matched / all)
                means.append(days.isEmpty ? .nan : Double(days.reduce(0, +)) / matched)
            }
            let start = prefix.isEmpty ? "" : prefix + " "
            columns += [
                Column(name: "\(start)matched enquiries \(window)", storage: .numeric(counts)),
                Column(name: "\(start)matched share \(window)", storage: .numeric(shares)),
                Column(name: "\(start)mean days to loan \(window)", storage: .numeric(means)),
            ]
        }
        return try Table(columns)
    }
}
