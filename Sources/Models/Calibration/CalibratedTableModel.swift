// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A fitted model of a table with calibrated probabilities.
public struct CalibratedTableModel<Base: TableModel & ModelFileContent & Equatable>: TableModel,
    Codable, Equatable
{
    /// A fitted model with the map of its probabilities.
    public struct Member: Equatable, Sendable {
        /// The model.
        public let model: Base

        /// The map.
        public let map: CalibrationMap

        init(_ model: Base, _ map: CalibrationMap) {
            self.model = model
            self.map = map
        }
    }

    /// The members, whose probabilities are averaged; one, but for an ensemble.
    public let members: [Member]

    /// Members of the same target and classes, at least one.
    init(_ members: [Member]) { self.members = members }

    /// The column that the model predicts.
    public var target: String { members[0].model.target }

    /// The two classes of the target; the second is the positive one.
    public var classes: [String] { members[0].model.classes }

    /// The columns that a table must have, those of all members.
    public var inputNames: [String] { union { $0.inputNames } }

    /// The features that the columns are turned into, those of all members.
    public var featureNames: [String] { union { $0.featureNames } }

    /// The calibrated probability of the positive class of every row.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probabilities(in table: Table) throws(ModelError) -> [Double] {
        var given: [[Double]] = []
        for member in members { given.append(try member.model.probabilities(in: table)) }
        return calibratedProbabilities(given, by: members.map(\.map))
    }

    /// The calibrated probability of the positive class of one row, with the same bits as in its
    /// table.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probability(of row: Table.Row) throws(ModelError) -> Double {
        var given: [[Double]] = []
        for member in members { given.append([try member.model.probability(of: row)]) }
        return calibratedProbabilities(given, by: members.map(\.map))[0]
    }

    /// The intervals of a Venn-Abers calibration, one per row; `nil` for another method and for an
    /// ensemble.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probabilityIntervals(
        in table: Table
    ) throws(ModelError) -> [ClosedRange<Double>]? {
        guard members.count == 1, case .vennAbers(let map) = members[0].map else { return nil }
        return try members[0].model.probabilities(in: table).map { map.interval(at: $0) }
    }

    private func union(_ names: (Base) -> [String]) -> [String] {
        var seen: Set<String> = []
        return members.flatMap { names($0.model) }.filter { seen.insert($0).inserted }
    }
}

extension TableModel where Self: ModelFileContent & Equatable {
    /// This model with its probabilities mapped by `map`, which was fitted elsewhere.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` for shares of other than two classes.
    public func calibrated(
        by map: CalibrationMap
    ) throws(ModelError) -> CalibratedTableModel<Self> {
        if case .priorShift(let shift) = map, shift.from.count != 2 {
            throw ModelError(
                .incompatible, "shares of \(shift.from.count) classes for a model of two")
        }
        return CalibratedTableModel([CalibratedTableModel.Member(self, map)])
    }

    /// This model for a population with other shares of the classes.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` for shares of other than two classes.
    public func calibrated(
        by shift: PriorShift
    ) throws(ModelError) -> CalibratedTableModel<Self> {
        try calibrated(by: .priorShift(shift))
    }
}
