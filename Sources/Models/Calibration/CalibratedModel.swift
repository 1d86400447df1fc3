// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted classifier with calibrated probabilities.
public struct CalibratedModel<Base: ClassifierModel>: ClassifierModel {
    /// A fitted classifier with the map of its probabilities.
    public struct Member: Equatable, Sendable {
        /// The classifier.
        public let model: Base

        /// The map.
        public let calibrator: ClassCalibrator

        init(_ model: Base, _ calibrator: ClassCalibrator) {
            self.model = model
            self.calibrator = calibrator
        }
    }

    /// The members, whose probabilities are averaged; one, but for an ensemble.
    public let members: [Member]

    /// Members of the same classes and features, at least one.
    init(_ members: [Member]) { self.members = members }

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { members[0].model.classes }

    /// The names of the feature columns that the model was fitted to.
    public var featureNames: [String] { members[0].model.featureNames }

    /// The calibrated probability of every class (rows x classes); each row sums to 1.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`, and those of the base.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        let maps = members.compactMap { member in
            if case .positive(let map) = member.calibrator { map } else { nil }
        }
        if maps.count == members.count {
            var given: [[Double]] = []
            for member in members { given.append(try member.model.probabilities(features)) }
            let positive = calibratedProbabilities(given, by: maps)
            return Matrix(columns: [positive.map { 1 - $0 }, positive])
        }
        var sum = Matrix<Double>.zeros(features.rowCount, classes.count)
        for member in members {
            sum += member.calibrator.classProbabilities(
                try member.model.classProbabilities(features))
        }
        return members.count == 1 ? sum : sum / Double(members.count)
    }

    /// The intervals of a Venn-Abers calibration, one per row; `nil` for another method, for three
    /// and more classes, and for an ensemble.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`, and those of the base.
    public func probabilityIntervals(
        _ features: Matrix<Double>
    ) throws(ModelError) -> [ClosedRange<Double>]? {
        guard members.count == 1, case .positive(.vennAbers(let map)) = members[0].calibrator
        else { return nil }
        return try members[0].model.probabilities(features).map { map.interval(at: $0) }
    }
}

extension ClassifierModel {
    /// This model with its probabilities mapped by `calibrator`, which was fitted elsewhere.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` where the map is for another number of
    ///   classes.
    public func calibrated(
        by calibrator: ClassCalibrator
    ) throws(ModelError) -> CalibratedModel<Self> {
        guard calibrator.takes(classCount: classes.count) else {
            throw ModelError(
                .incompatible, "the calibration is not one of \(classes.count) classes")
        }
        return CalibratedModel([CalibratedModel.Member(self, calibrator)])
    }

    /// This model for a population with other shares of the classes.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` for shares of another number of classes.
    public func calibrated(by shift: PriorShift) throws(ModelError) -> CalibratedModel<Self> {
        try calibrated(by: .priorShift(shift))
    }
}

/// The average of mapped probabilities, one list per member; of
/// Venn-Abers predictions their merger.
func calibratedProbabilities(_ given: [[Double]], by maps: [CalibrationMap]) -> [Double] {
    if given.count == 1 { return maps[0].probabilities(given[0]) }
    let predictors = maps.compactMap { map in
        if case .vennAbers(let predictor) = map { predictor } else { nil }
    }
    guard predictors.count == maps.count else {
        var sums = [Double](repeating: 0, count: given[0].count)
        for (probabilities, map) in zip(given, maps) {
            for (row, probability) in map.probabilities(probabilities).enumerated() {
                sums[row] += probability
            }
        }
        return sums.map { $0 / Double(given.count) }
    }
    // Both ends are within 0 and 1 on the side that is needed, so that the logarithms are finite.
    var upper = Vector([Double](repeating: 0, count: given[0].count))
    var lowerRest = upper
    for (probabilities, predictor) in zip(given, predictors) {
        let intervals = probabilities.map { predictor.interval(at: $0) }
        upper += Vector(intervals.map(\.upperBound)).log()
        lowerRest += Vector(intervals.map { 1 - $0.lowerBound }).log()
    }
    let count = Double(given.count)
    return zip((upper / count).exp().elements, (lowerRest / count).exp().elements).map {
        $0 / ($1 + $0)
    }
}
