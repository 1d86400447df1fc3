// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
public import FeatureEngineering
public import Metrics

/// A fitted model of a table with a threshold on its probabilities.
public struct DecisionModel<Base: TableModel & ModelFileContent & Equatable>: TableModel, Codable,
    Equatable
{
    /// The model below.
    public let model: Base

    /// The threshold.
    public let threshold: DecisionThreshold

    /// A model with a threshold that was found elsewhere.
    public init(_ model: Base, _ threshold: DecisionThreshold) {
        self.model = model
        self.threshold = threshold
    }

    /// The column that the model predicts.
    public var target: String { model.target }

    /// The two classes of the target; the second is the positive one.
    public var classes: [String] { model.classes }

    /// The columns that a table must have.
    public var inputNames: [String] { model.inputNames }

    /// The features that the columns are turned into, in order.
    public var featureNames: [String] { model.featureNames }

    /// The probability of the positive class of every row.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probabilities(in table: Table) throws(ModelError) -> [Double] {
        try model.probabilities(in: table)
    }

    /// The probability of the positive class of one row, with the same bits as in its table.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probability(of row: Table.Row) throws(ModelError) -> Double {
        try model.probability(of: row)
    }

    /// Whether each row is taken for positive.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func decisions(in table: Table) throws(ModelError) -> [Bool] {
        threshold.decisions(try model.probabilities(in: table))
    }

    /// Whether one row is taken for positive.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func decision(of row: Table.Row) throws(ModelError) -> Bool {
        threshold.decisions([try model.probability(of: row)])[0]
    }

    /// Whether each row is taken for positive where every row has costs of its own, such as those
    /// of its loan's amount and rate; the threshold is that of its costs.
    ///
    /// - Parameters:
    ///   - table: the rows.
    ///   - costs: one per row.
    /// - Throws: ``ModelError`` with code `features`, and `invalidValue` where
    ///   the costs are not one per row.
    public func decisions(
        in table: Table, costs: [CostMatrix]
    ) throws(ModelError) -> [Bool] {
        try bayesDecisions(model.probabilities(in: table), costs)
    }
}

extension DecisionModel: CanonicalContent {
    /// `decision-model.1`, with the kind of the model below.
    public static var kind: String { "decision-model.1(\(Base.kind))" }

    /// The canonical bytes of the model and the threshold.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: model.canonicalBytes)
        encoder.encode(threshold.value)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let model: Base = try decoder.decodeContent()
        let threshold = try decoder.decodeDouble()
        do {
            self.init(model, try DecisionThreshold(threshold))
        } catch {
            throw decoder.error(error.message)
        }
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
