// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A pipeline and an estimator that also see every row's place in an association network, as it was
/// on the row's day.
///
/// ```swift
/// let network = try DatedNetwork(
///     linking: "borrower", of: applications, by: ["phone", "employer"], date: "applied",
///     defaults: "defaulted")
/// let recipe = Pipeline(.impute(.median), .standardise()).then(LogisticRegression())
///     .joining(NetworkFeatures(), account: "borrower", date: "applied")
/// let model = try recipe.fit(
///     applications.selecting(["borrower", "applied", "income", "bad"]), network: network,
///     target: "bad", positive: "true")
/// let risk = try model.probabilities(in: newApplications, network: networkOfToday)
/// ```
///
/// Nothing of a row's future is in its features, in training as in scoring: an account, a link or a
/// default that became known later changes nothing. So a network that has grown since the fit gives
/// the training rows the same features.
public struct NetworkRecipe<Estimator: Classifier>: Codable, Hashable, Sendable {
    /// What is asked of the network.
    public var features: NetworkFeatures

    /// The column that names the account of each row.
    public var account: String

    /// The column of the day as of which each row sees the network.
    public var date: String

    /// Whether what became known on that day is known.
    public var boundary: AsOfDates.Boundary

    /// What is fitted to the other columns and the network's.
    public var recipe: PipelineRecipe<Estimator>

    /// A recipe; `recipe.joining(features, account:date:)` is the same.
    public init(
        features: NetworkFeatures, account: String, date: String,
        boundary: AsOfDates.Boundary = .inclusive, recipe: PipelineRecipe<Estimator>
    ) {
        self.features = features
        self.account = account
        self.date = date
        self.boundary = boundary
        self.recipe = recipe
    }

    /// Fits the pipeline and the estimator to the rows of a table and their places in the network.
    ///
    /// - Parameters:
    ///   - table: the training rows; all columns but target, account and date go into the pipeline.
    ///   - network: what became known on which day.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled; the rows hold one other class.
    ///   - weights: one per row.
    ///   - progress: sees the days of the network and every step of the pipeline and the estimator.
    /// - Throws: ``ModelError`` with code `features` for the table, the network and the pipeline,
    ///   `invalidLabels` for the target, `cancelled`, and the codes of the estimator.
    public func fit(
        _ table: Table, network: DatedNetwork, target: String, positive: String,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> NetworkModel<Estimator> {
        try recipe.estimator.validate()
        let joined = try join(table, network, progress)
        return NetworkModel(
            features: features, account: account, date: date, boundary: boundary,
            model: try recipe.fit(
                joined, target: target, positive: positive, weights: weights, progress: progress))
    }

    private func join(
        _ table: Table, _ network: DatedNetwork, _ progress: FitObserver?
    ) throws(ModelError) -> Table {
        try network.joining(
            features, to: table, account: account, date: date, boundary: boundary,
            progress: progress)
    }
}

extension PipelineRecipe {
    /// This recipe on the rows' places in a network besides their columns.
    ///
    /// - Parameters:
    ///   - features: what is asked of the network.
    ///   - account: the column that names the account of each row.
    ///   - date: the column of the day as of which each row sees the network.
    ///   - boundary: whether what became known on that day is known.
    public func joining(
        _ features: NetworkFeatures = NetworkFeatures(), account: String, date: String,
        boundary: AsOfDates.Boundary = .inclusive
    ) -> NetworkRecipe<Estimator> {
        NetworkRecipe(
            features: features, account: account, date: date, boundary: boundary, recipe: self)
    }
}

extension DatedNetwork {
    /// The table without account and date, with the network's columns as of each row's date.
    func joining(
        _ features: NetworkFeatures, to table: Table, account: String, date: String,
        boundary: AsOfDates.Boundary, progress: FitObserver? = nil
    ) throws(ModelError) -> Table {
        try featureStep { () throws(FeatureError) in
            let dates = try AsOfDates(table, account: account, date: date, boundary: boundary)
            var joined = try table.removing([account, date])
            for column in try columns(features, asOf: dates, progress: progress) {
                try joined.append(column)
            }
            return joined
        }
    }
}
