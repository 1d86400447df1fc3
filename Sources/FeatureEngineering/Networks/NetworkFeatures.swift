// SPDX-License-Identifier: Apache-2.0

/// Which numbers a ``DatedNetwork`` gives of each account.
public struct NetworkFeatures: Sendable, Hashable, Codable {
    /// Numbers that need no labels.
    public var features: [NetworkFeature]

    /// How many neighbours the overall share of defaults counts as in the share
    /// of defaults among an account's neighbours, see
    /// ``AssociationNetwork/neighbourDefaultRates(_:shrinkage:weighted:)``;
    /// `nil` leaves that share out.
    public var neighbourShrinkage: Double?

    /// What stands in front of the columns' names.
    public var prefix: String

    /// Numbers of the place in the network, and the share of defaults around it.
    public init(
        _ features: [NetworkFeature] = [.degree, .pageRank, .componentSize, .clustering],
        neighbourShrinkage: Double? = 1, prefix: String = "network "
    ) {
        self.features = features
        self.neighbourShrinkage = neighbourShrinkage
        self.prefix = prefix
    }

    /// The names of the columns.
    public var names: [String] {
        features.map { prefix + $0.rawValue }
            + (neighbourShrinkage == nil ? [] : [prefix + "neighbourDefaults"])
    }

    /// Refuses parameters outside their ranges.
    ///
    /// - Throws: ``FeatureError`` with `invalidParameter`.
    package func validate() throws(FeatureError) {
        guard !names.isEmpty, Set(features).count == features.count else {
            throw FeatureError(
                .invalidParameter, "the network's features \(features) are none, or one is twice")
        }
        if let neighbourShrinkage, !(neighbourShrinkage >= 0 && neighbourShrinkage.isFinite) {
            throw FeatureError(.invalidParameter, "a shrinkage of \(neighbourShrinkage)")
        }
    }
}

extension DatedNetwork {
    /// Numbers of every account's place in the network as of its date, one column each in the order
    /// of ``NetworkFeatures/names``.
    ///
    /// They are those of ``network(asOf:boundary:)``; the share of defaults counts the neighbours
    /// whose default was known by then, and an account's own is not in it. An account that is not
    /// there yet has missing values, and so has a share with nothing to tell it from.
    ///
    /// - Parameter progress: Sees a step after each day.
    /// - Throws: ``FeatureError``: `invalidParameter`; `cancelled` if the task was cancelled or
    ///   `progress` asked to stop.
    /// - Complexity: O(different dates x edges), with the features' own factors.
    public func columns(
        _ recipe: NetworkFeatures = NetworkFeatures(), asOf dates: AsOfDates,
        progress: FitObserver? = nil
    ) throws(FeatureError) -> [Column] {
        try recipe.validate()
        let endDays = (0..<dates.count).map { dates.boundary.endDay(of: dates.date($0)) }
        let rows = endDays.indices.sorted { endDays[$0] < endDays[$1] }
        let dayCount = Set(endDays).count
        var values = recipe.names.map { _ in [Double](repeating: .nan, count: dates.count) }
        var (start, step) = (0, 0)
        while start < rows.count {
            let endDay = endDays[rows[start]]
            let end = rows[start...].firstIndex { endDays[$0] != endDay } ?? rows.count
            let network = try network(before: endDay)
            var columns = try network.columns(recipe.features, prefix: "").map { $0.numbers ?? [] }
            if let shrinkage = recipe.neighbourShrinkage {
                columns.append(
                    try network.neighbourDefaultRates(
                        defaults(before: endDay), shrinkage: shrinkage))
            }
            for row in rows[start..<end] {
                guard let node = network.index(of: dates.account(row)) else { continue }
                for (column, numbers) in columns.enumerated() {
                    values[column][row] = numbers[node]
                }
            }
            start = end
            step += 1
            try FitProgress(
                stage: "network", step: step, stepLimit: dayCount, objective: nil
            ).report(to: progress)
        }
        return zip(recipe.names, values).map { Column(name: $0, storage: .numeric($1)) }
    }
}
