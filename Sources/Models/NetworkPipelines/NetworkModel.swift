// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A fitted pipeline and estimator that see every row's place in an association network as of its
/// day.
public struct NetworkModel<Estimator: Classifier>: Codable, Equatable, Sendable {
    /// What is asked of the network.
    public let features: NetworkFeatures

    /// The column that names the account of each row.
    public let account: String

    /// The column of the day as of which each row sees the network.
    public let date: String

    /// Whether what became known on that day is known.
    public let boundary: AsOfDates.Boundary

    /// What was fitted to the other columns and the network's.
    public let model: PipelineModel<Estimator>

    init(
        features: NetworkFeatures, account: String, date: String, boundary: AsOfDates.Boundary,
        model: PipelineModel<Estimator>
    ) {
        self.features = features
        self.account = account
        self.date = date
        self.boundary = boundary
        self.model = model
    }

    /// The two classes of the target; the second is the positive one.
    public var classes: [String] { model.classes }

    /// The columns that a table must have.
    public var inputNames: [String] {
        let network = Set(features.names)
        return [account, date] + model.inputNames.filter { !network.contains($0) }
    }

    /// The rows with the network's columns in place of account and date, as the pipeline gets them.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func joined(_ table: Table, network: DatedNetwork) throws(ModelError) -> Table {
        try network.joining(
            features, to: table, account: account, date: date, boundary: boundary)
    }

    /// The probability of the positive class of every row; the target need not be there.
    ///
    /// - Parameters:
    ///   - table: rows with the columns ``inputNames``.
    ///   - network: the accounts, links and defaults, by the days on which they became known.
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probabilities(
        in table: Table, network: DatedNetwork
    ) throws(ModelError) -> [Double] {
        try model.probabilities(in: joined(table, network: network))
    }
}
