// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
public import LinearAlgebra

/// A trained restricted Boltzmann machine; see ``RestrictedBoltzmannMachine`` for its energy.
public struct RestrictedBoltzmannModel: ModelFileContent, Codable, Equatable, Sendable {
    /// The recipe that was trained.
    public let recipe: RestrictedBoltzmannMachine

    /// The names of the features, in the order of the visible units.
    public let featureNames: [String]

    /// The weights w (features x hidden units).
    public let weights: Matrix<Float>

    /// The biases a of the visible units, in units of ``deviations``.
    public let visibleBiases: Vector<Float>

    /// The biases b of the hidden units.
    public let hiddenBiases: Vector<Float>

    /// The deviations sigma of the visible units; 1 for Bernoulli units.
    public let deviations: Vector<Float>

    /// The number of visible units.
    public var visibleCount: Int { featureNames.count }

    /// The number of hidden units.
    public var hiddenCount: Int { recipe.hiddenCount }

    /// A model of given parameters.
    ///
    /// - Parameters:
    ///   - recipe: the number of hidden units and the kind of the visible ones must be those of the
    ///     parameters.
    ///   - featureNames: one per visible unit.
    ///   - weights: visible x hidden units.
    ///   - visibleBiases: one per visible unit, in units of its deviation.
    ///   - hiddenBiases: one per hidden unit.
    ///   - deviations: one per visible unit, within 1e-6...1e6; those that `recipe` begins with
    ///     where `nil`.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `wrongWidth` (sizes that do not agree),
    ///   `nonFinite` or `invalidValue` (a deviation).
    public init(
        recipe: RestrictedBoltzmannMachine, featureNames: [String], weights: Matrix<Float>,
        visibleBiases: Vector<Float>, hiddenBiases: Vector<Float>,
        deviations: Vector<Float>? = nil
    ) throws(ModelError) {
        try recipe.validate()
        let count = featureNames.count
        let deviations =
            deviations
            ?? Vector([Float](repeating: Float(recipe.visibleUnits.initialDeviation), count: count))
        guard count > 0, weights.rowCount == count, weights.columnCount == recipe.hiddenCount,
            visibleBiases.count == count, hiddenBiases.count == recipe.hiddenCount,
            deviations.count == count
        else {
            throw ModelError(
                .wrongWidth,
                "weights of \(weights.rowCount) x \(weights.columnCount), \(visibleBiases.count) "
                    + "visible and \(hiddenBiases.count) hidden biases, \(deviations.count) "
                    + "deviations for \(count) x \(recipe.hiddenCount) units")
        }
        guard weights.elements.allSatisfy(\.isFinite),
            visibleBiases.elements.allSatisfy(\.isFinite),
            hiddenBiases.elements.allSatisfy(\.isFinite)
        else { throw ModelError(.nonFinite, "a weight or a bias is not finite") }
        let range: ClosedRange<Float> =
            recipe.visibleUnits.isGaussian ? 1e-6...1e6 : 1...1
        guard deviations.elements.allSatisfy({ range.contains($0) }) else {
            throw ModelError(
                .invalidValue, "deviations \(deviations.elements), not within \(range)")
        }
        self.recipe = recipe
        self.featureNames = featureNames
        self.weights = weights
        self.visibleBiases = visibleBiases
        self.hiddenBiases = hiddenBiases
        self.deviations = deviations
    }

    init(
        recipe: RestrictedBoltzmannMachine, featureNames: [String], training: BoltzmannTraining
    ) {
        self.recipe = recipe
        self.featureNames = featureNames
        weights = training.units.weights.matrix
        visibleBiases = Vector(training.units.visibleBiases.vector)
        hiddenBiases = Vector(training.units.hiddenBiases.vector)
        deviations = Vector(training.deviations.vector)
    }

    /// The probability of every hidden unit to be on (rows x hidden units): features that were
    /// learned without labels.
    ///
    /// A row's values do not depend on the rows beside it, on threads or on the BLAS.
    ///
    /// - Parameter features: the values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite` or `invalidValue`.
    /// - Complexity: O(rows * features * hidden units).
    public func hiddenProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        let units = BoltzmannUnits(self)
        return Matrix<Double>(hidden(try rows(features), units).matrix)
    }

    /// The means of the visible units by the hidden probabilities of each row (rows x features).
    ///
    /// - Parameter features: the values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite` or `invalidValue`.
    /// - Complexity: O(rows * features * hidden units).
    public func reconstruction(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        visibleMeans(hidden(try rows(features), BoltzmannUnits(self)))
    }

    /// The means of the visible units by hidden probabilities (rows x hidden units).
    func visibleMeans(_ hidden: Matrix<Double>) -> Matrix<Double> {
        visibleMeans(UnitRows(hidden, rows: Array(0..<hidden.rowCount)))
    }

    private func visibleMeans(_ hidden: UnitRows) -> Matrix<Double> {
        let units = BoltzmannUnits(self)
        let means = UnitRows(rowCount: hidden.rowCount, columnCount: visibleCount)
        concurrently(means.rowCount, minimum: units.threadedRows, block: 8) { first, count in
            units.visibleMeans(of: hidden, first, count, into: means)
        }
        return inUnitsOfFeatures(means)
    }

    private func hidden(_ rows: UnitRows, _ units: BoltzmannUnits) -> UnitRows {
        let output = UnitRows(rowCount: rows.rowCount, columnCount: hiddenCount)
        concurrently(rows.rowCount, minimum: units.threadedRows, block: 8) { first, count in
            units.hiddenProbabilities(of: rows, first, count, into: output)
        }
        return output
    }

    /// Checked rows in units of the deviations.
    func rows(_ features: Matrix<Double>) throws(ModelError) -> UnitRows {
        try checkFeatures(features, names: featureNames)
        try recipe.visibleUnits.check(features, names: featureNames)
        let rows = UnitRows(features, rows: Array(0..<features.rowCount))
        guard recipe.visibleUnits.isGaussian else { return rows }
        let inverse = UnitRows(deviations.elements.map { 1 / $0 })
        for row in 0..<rows.rowCount {
            credit_multiply_f32(rows.stride, rows[row], inverse.values, rows[row])
        }
        return rows
    }

    /// The values of visible units times their deviations.
    func inUnitsOfFeatures(_ rows: UnitRows) -> Matrix<Double> {
        Matrix(rowCount: rows.rowCount, columnCount: rows.columnCount) {
            Double(rows[$0][$1]) * Double(deviations[$1])
        }
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
