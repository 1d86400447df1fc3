// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A fitted model of two classes that takes rows as they come, whatever is inside it.
///
/// This is what a registry of models, a bureau or a report needs: `[any TableModel]`.
public protocol TableModel: Sendable {
    /// The column that the model predicts.
    var target: String { get }

    /// The two classes of the target; the second is the positive one.
    var classes: [String] { get }

    /// The columns that a table must have.
    var inputNames: [String] { get }

    /// The features that the columns are turned into, in order.
    var featureNames: [String] { get }

    /// The bytes of the model's file.
    var fileBytes: [UInt8] { get }

    /// The digest of the model's file.
    var digest: ModelDigest { get }

    /// The probability of the positive class of every row; the target need not be there.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    func probabilities(in table: Table) throws(ModelError) -> [Double]

    /// The probability of the positive class of one row, with the same bits as in its table.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    func probability(of row: Table.Row) throws(ModelError) -> Double
}

extension TableModel {
    /// The class whose probability the model gives.
    public var positiveClass: String { classes[1] }
}
