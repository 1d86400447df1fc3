// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A recipe for tables that looks for its hyperparameters in the rows it is fitted to.
///
/// Cross-validating it is nested tuning: every outer fold searches by itself, so that its score
/// owes nothing to rows that the search has seen.
///
/// ```swift
/// let tuned = TunedRecipe(space, by: search)
/// let honest = try CrossValidation(foldCount: 5, seeds: [1])
///     .evaluate(tuned, on: loans, target: "class", positive: "2")
/// ```
///
/// A splitter that needs groups or times finds them in columns of the table, which the recipe
/// itself is not shown:
///
/// ```swift
/// let byBorrower = TunedRecipe(
///     space, by: HyperparameterSearch(.grid, CrossValidation(GroupedKFold(foldCount: 5))),
///     groupColumn: "borrower")
/// ```
public struct TunedRecipe<Base: TableRecipe, Split: Splitter>: TableRecipe {
    /// The recipe and what varies in it.
    public var space: SearchSpace<Base>

    /// How the best one is found.
    public var search: HyperparameterSearch<Split>

    /// The column of every row's group, for splitters that keep groups together.
    public var groupColumn: String?

    /// The column of every row's time, numbers or dates (as days), for splitters by time.
    public var timeColumn: String?

    /// A recipe that is the best of `space` by `search`.
    public init(
        _ space: SearchSpace<Base>, by search: HyperparameterSearch<Split>,
        groupColumn: String? = nil, timeColumn: String? = nil
    ) {
        self.space = space
        self.search = search
        self.groupColumn = groupColumn
        self.timeColumn = timeColumn
    }

    /// Searches, and fits the best recipe to all rows.
    ///
    /// - Parameters:
    ///   - table: the training rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled; the rows hold one other class.
    ///   - weights: one per row.
    ///   - progress: sees every candidate.
    /// - Throws: ``ModelError`` with the codes of the search and of the recipe,
    ///   `features` for a group or time column that is not there, and `invalidSplit` for
    ///   a row without a group or time.
    public func fit(
        _ table: Table, target: String, positive: String, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> Base.Model {
        let groups = try groupColumn.map { name throws(ModelError) in try table.groups(name) }
        let times = try timeColumn.map { name throws(ModelError) in try table.times(name) }
        let hidden = Set([groupColumn, timeColumn].compactMap { $0 })
        let shown = try featureStep { () throws(FeatureError) in
            hidden.isEmpty ? table : try table.removing(hidden.sorted())
        }
        let found = try search.run(
            space, on: shown, target: target, positive: positive, weights: weights,
            groups: groups, times: times, progress: progress)
        return try found.best.recipe.fit(
            shown, target: target, positive: positive, weights: weights, progress: nil)
    }
}

extension Table {
    /// The group of every row.
    fileprivate func groups(_ name: String) throws(ModelError) -> [String] {
        let column = columns[try position(of: name)]
        if let row = (0..<rowCount).first(where: { column.isMissing($0) }) {
            throw ModelError(.invalidSplit, "row \(row) has no group in '\(name)'")
        }
        return (0..<rowCount).map { column[$0].description }
    }

    /// The time of every row.
    fileprivate func times(_ name: String) throws(ModelError) -> [Double] {
        let column = columns[try position(of: name)]
        var times: [Double] = []
        for row in 0..<rowCount {
            switch column[row] {
            case .number(let time): times.append(time)
            case .date(let day): times.append(Double(day.daysSince1970))
            case let value:
                throw ModelError(
                    .invalidSplit, "row \(row) has '\(value)' in '\(name)', not a time")
            }
        }
        return times
    }
}
