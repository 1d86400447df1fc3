// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// The steps of a machine's parameters along their gradient, and what is remembered of them.
final class BoltzmannSteps {
    /// One over the deviations.
    let inverseDeviations: UnitRows

    private let recipe: RestrictedBoltzmannMachine
    private let units: BoltzmannUnits
    private let deviations: UnitRows
    private let weightStep: credit_weight_step

    private let velocities: UnitRows
    private let visibleVelocities: UnitRows
    private let hiddenVelocities: UnitRows
    private let deviationVelocities: UnitRows

    /// How often hidden units were on of late.
    private let activity: UnitRows
    private var hasActivity = false

    /// What draws hidden units to their target.
    private let pull: UnitRows

    /// Sums over the rows of both phases.
    private let visibleSums: (data: UnitRows, drawn: UnitRows)
    private let hiddenSums: (data: UnitRows, drawn: UnitRows)

    init(_ recipe: RestrictedBoltzmannMachine, units: BoltzmannUnits, deviations: UnitRows) {
        self.recipe = recipe
        self.units = units
        self.deviations = deviations
        let (visible, hidden) = (units.weights.rowCount, units.weights.columnCount)
        func row(_ columns: Int) -> UnitRows { UnitRows(rowCount: 1, columnCount: columns) }
        inverseDeviations = row(visible)
        velocities = UnitRows(rowCount: visible, columnCount: hidden)
        visibleVelocities = row(visible)
        hiddenVelocities = row(hidden)
        deviationVelocities = row(visible)
        activity = row(hidden)
        pull = row(hidden)
        visibleSums = (row(visible), row(visible))
        hiddenSums = (row(hidden), row(hidden))
        weightStep = credit_weight_step(
            momentum: Float(recipe.momentum), rate: Float(recipe.learningRate),
            l1: Float(recipe.l1), l2: Float(recipe.l2), is_literal: recipe.updateRule.isLiteral)
    }

    /// Makes what a batch needs of the deviations.
    func prepare() {
        guard recipe.visibleUnits.isLearned else { return }
        for column in 0..<deviations.columnCount {
            inverseDeviations.values[column] = 1 / deviations.values[column]
        }
    }

    /// Moves all parameters by the states of a batch; whether the sums of these are finite.
    func take(
        _ batch: BoltzmannBatch, rowCount: Int, chainCount: Int, threads: Int
    ) -> Bool {
        let factors = batch.factors?.values
        let chainFactors = recipe.negativePhase.isPersistent ? nil : factors
        let visible = (
            data: batch.weighted?.visible ?? batch.visible,
            drawn: batch.weighted?.drawn ?? batch.drawn
        )
        add(visible.data, rowCount, nil, into: visibleSums.data)
        add(visible.drawn, chainCount, nil, into: visibleSums.drawn)
        add(batch.hidden, rowCount, factors, into: hiddenSums.data)
        add(batch.drawnHidden, chainCount, chainFactors, into: hiddenSums.drawn)
        if let sparsity = recipe.sparsity {
            drawToTarget(sparsity, batch.hidden, rowCount: rowCount, factors: factors)
        }
        let unit = 1 / Float(recipe.updateRule.hiddenDeviation)
        let positive = credit_unit_pairs(
            rows: rowCount, first: UnsafePointer(visible.data.values),
            second: UnsafePointer(batch.hidden.values), scale: unit / Float(rowCount))
        let negative = credit_unit_pairs(
            rows: chainCount, first: UnsafePointer(visible.drawn.values),
            second: UnsafePointer(batch.drawnHidden.values), scale: unit / Float(chainCount))
        moveWeights(positive, negative, isThreaded: max(rowCount, chainCount) >= threads)
        let shares = (data: 1 / Float(rowCount), drawn: 1 / Float(chainCount))
        let isFinite =
            move(units.visibleBiases, visibleVelocities, visibleSums, shares)
            && move(units.hiddenBiases, hiddenVelocities, hiddenSums, shares)
        guard isFinite, let drives = batch.drives else { return isFinite }
        credit_unit_spread_sums(
            rowCount, batch.visible.stride, batch.visible.values, drives.data.values, factors,
            visibleSums.data.values)
        credit_unit_spread_sums(
            chainCount, batch.drawn.stride, batch.drawn.values, drives.drawn.values,
            chainFactors, visibleSums.drawn.values)
        return moveDeviations(shares)
    }

    private func add(
        _ rows: UnitRows, _ count: Int, _ factors: UnsafeMutablePointer<Float>?,
        into output: UnitRows
    ) {
        credit_unit_sums(count, rows.stride, rows.values, factors, output.values)
    }

    private func moveWeights(
        _ positive: credit_unit_pairs, _ negative: credit_unit_pairs, isThreaded: Bool
    ) {
        let layer = credit_unit_layer(
            units: units.weights.rowCount, units_stride: units.transposed.stride,
            stride: units.weights.stride, weights: units.weights.values,
            velocities: velocities.values, transposed: units.transposed.values)
        let columns = units.weights.stride
        concurrently(columns, minimum: isThreaded ? 0 : .max, block: 2 * Int(CREDIT_UNIT_STEP)) {
            first, count in
            withUnsafePointer(to: layer) { layer in
                withUnsafePointer(to: positive) { positive in
                    withUnsafePointer(to: negative) { negative in
                        withUnsafePointer(to: weightStep) {
                            credit_unit_update(layer, first, count, positive, negative, $0)
                        }
                    }
                }
            }
        }
    }

    /// Adds to the probabilities of the data what draws units to the target.
    private func drawToTarget(
        _ target: SparsityTarget, _ hidden: UnitRows, rowCount: Int,
        factors: UnsafeMutablePointer<Float>?
    ) {
        var total: Float = 0
        for row in 0..<rowCount { total += factors?[row] ?? 1 }
        let memory = hasActivity ? Float(target.memory) : 0
        hasActivity = true
        let strength = Float(target.strength)
        for column in 0..<hidden.columnCount {
            let mean = total > 0 ? hiddenSums.data.values[column] / total : 0
            activity.values[column] = memory * activity.values[column] + (1 - memory) * mean
            pull.values[column] = strength * (Float(target.share) - activity.values[column])
            hiddenSums.data.values[column] += total * pull.values[column]
        }
        for row in 0..<rowCount {
            credit_add_f32(hidden.stride, hidden[row], pull.values, hidden[row])
        }
    }

    /// Moves biases, which do not decay.
    private func move(
        _ biases: UnitRows, _ velocities: UnitRows, _ sums: (data: UnitRows, drawn: UnitRows),
        _ shares: (data: Float, drawn: Float)
    ) -> Bool {
        let (momentum, rate) = (weightStep.momentum, weightStep.rate)
        var isFinite = true
        for column in 0..<biases.columnCount {
            let gradient =
                sums.data.values[column] * shares.data - sums.drawn.values[column] * shares.drawn
            if weightStep.is_literal {
                biases.values[column] += momentum * velocities.values[column] + rate * gradient
                velocities.values[column] = gradient
            } else {
                velocities.values[column] = momentum * velocities.values[column] + rate * gradient
                biases.values[column] += velocities.values[column]
            }
            isFinite = isFinite && biases.values[column].isFinite
        }
        return isFinite
    }

    /// Moves the logarithms of the deviations, by at most a tenth at a time.
    private func moveDeviations(_ shares: (data: Float, drawn: Float)) -> Bool {
        guard case .gaussianLearned(_, let relative) = recipe.visibleUnits else { return true }
        let rate = weightStep.rate * Float(relative)
        var isFinite = true
        for column in 0..<deviations.columnCount {
            let gradient =
                visibleSums.data.values[column] * shares.data
                - visibleSums.drawn.values[column] * shares.drawn
            let velocity =
                weightStep.momentum * deviationVelocities.values[column] + rate * gradient
            deviationVelocities.values[column] = velocity
            var factor = velocity.isFinite ? min(max(velocity, -0.1), 0.1) : velocity
            withUnsafeMutablePointer(to: &factor) { credit_exp_f32(1, $0, $0) }
            deviations.values[column] *= factor
            isFinite = isFinite && (1e-6...1e6).contains(deviations.values[column])
        }
        return isFinite
    }
}
