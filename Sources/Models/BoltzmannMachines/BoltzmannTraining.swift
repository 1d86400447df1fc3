// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import FeatureEngineering
internal import LinearAlgebra

/// A machine that is being trained; nothing is allocated once it stands.
final class BoltzmannTraining {
    let recipe: RestrictedBoltzmannMachine
    let units: BoltzmannUnits

    /// The rows in units of the deviations, or as they are where these are learned.
    let data: UnitRows

    /// The deviation of every visible unit.
    let deviations: UnitRows

    /// The weight of every row, their mean being 1; `nil` for equal ones.
    private let rowFactors: [Float]?

    private let batch: BoltzmannBatch
    private let steps: BoltzmannSteps
    private var order: [Int]
    private let place: credit_random_place
    private var drawCount: UInt64 = 0

    /// - Parameters:
    ///   - data: the rows, which the training takes over.
    ///   - rowFactors: their weights, whose mean is 1.
    ///   - start: a model that training goes on from.
    ///   - stage: tells the random streams of several machines apart.
    init(
        _ recipe: RestrictedBoltzmannMachine, data: UnitRows, rowFactors: [Float]?,
        start: RestrictedBoltzmannModel?, stage: Int = 0
    ) {
        let (visible, hidden) = (data.columnCount, recipe.hiddenCount)
        self.recipe = recipe
        self.data = data
        self.rowFactors = rowFactors
        units =
            start.map { BoltzmannUnits($0) }
            ?? BoltzmannUnits(
                visible: visible, hidden: hidden, isGaussian: recipe.visibleUnits.isGaussian)
        deviations = UnitRows(
            start?.deviations.elements
                ?? [Float](
                    repeating: Float(recipe.visibleUnits.initialDeviation), count: visible))
        batch = BoltzmannBatch(
            size: min(recipe.batchSize, data.rowCount), visible: visible, hidden: hidden,
            isWeighted: rowFactors != nil, learnsDeviations: recipe.visibleUnits.isLearned)
        steps = BoltzmannSteps(recipe, units: units, deviations: deviations)
        order = Array(0..<data.rowCount)
        var keys = RandomStream(seed: recipe.seed).child("Boltzmann states", stage)
        place = credit_random_place(key: keys.next(), step: 0)
        if start == nil { drawWeights(stage: stage) }
        if !recipe.visibleUnits.isLearned { scale() }
        if start == nil { setVisibleBiases() }
        if recipe.negativePhase.isPersistent { startChains() }
    }

    /// Trains for all epochs.
    ///
    /// - Throws: ``ModelError`` with code `diverged` (numbers beyond all bounds) or
    ///   `cancelled`.
    func run(
        activity: String, progress: FitObserver?, stage: String? = nil, stageNumber: Int = 0
    ) throws(ModelError) {
        let size = batch.visible.rowCount
        for epoch in 1...recipe.epochCount {
            shuffle(epoch: epoch, stage: stageNumber)
            var number = 0
            for start in stride(from: 0, to: data.rowCount, by: size) {
                number += 1
                guard train(start, min(size, data.rowCount - start)) else {
                    throw ModelError(
                        .diverged,
                        "\(activity), epoch \(epoch), batch \(number): parameters are beyond all "
                            + "bounds at the learning rate \(recipe.learningRate)")
                }
            }
            try checkCancellation("\(activity), epoch \(epoch)")
            guard progress != nil else { continue }
            try FitProgress(
                stage: stage, step: epoch, stepLimit: recipe.epochCount,
                objective: reconstructionError()
            ).report(to: progress)
        }
    }

    /// The probabilities of the hidden units for all rows of the data.
    func hiddenProbabilities() -> UnitRows {
        if recipe.visibleUnits.isLearned { scale() }
        let output = UnitRows(rowCount: data.rowCount, columnCount: recipe.hiddenCount)
        concurrently(data.rowCount, minimum: units.threadedRows, block: 8) { first, count in
            units.hiddenProbabilities(of: data, first, count, into: output)
        }
        return output
    }

    private func shuffle(epoch: Int, stage: Int) {
        for index in order.indices { order[index] = index }
        var stream = RandomStream(seed: recipe.seed).child("batches", stage).child("epoch", epoch)
        stream.shuffle(&order)
    }

    /// One step along the gradient of rows in the order; whether all numbers are finite.
    private func train(_ start: Int, _ count: Int) -> Bool {
        let isPersistent = recipe.negativePhase.isPersistent
        let chainCount = isPersistent ? batch.states.rowCount : count
        steps.prepare()
        concurrently(max(count, chainCount), minimum: units.threadedRows, block: 8) {
            first, length in
            let ofData = max(0, min(first + length, count) - first)
            if ofData > 0 { seeData(start, first, ofData) }
            let ofChains = max(0, min(first + length, chainCount) - first)
            if ofChains > 0 { walk(first, ofChains) }
        }
        drawCount += UInt64(2 * recipe.negativePhase.steps + 1)
        return steps.take(
            batch, rowCount: count, chainCount: chainCount, threads: units.threadedRows)
    }

    /// The positive phase of `count` rows of the batch from `first` on.
    private func seeData(_ start: Int, _ first: Int, _ count: Int) {
        for row in first..<(first + count) {
            let index = order[start + row]
            batch.visible[row].update(from: data[index], count: data.stride)
            if recipe.visibleUnits.isLearned {
                credit_multiply_f32(
                    data.stride, batch.visible[row], steps.inverseDeviations.values,
                    batch.visible[row])
            }
            if let rowFactors, let factors = batch.factors, let weighted = batch.weighted {
                factors.values[row] = rowFactors[index]
                credit_multiply_scalar_f32(
                    data.stride, batch.visible[row], rowFactors[index], weighted.visible[row])
            }
        }
        units.hiddenProbabilities(
            of: batch.visible, first, count, into: batch.hidden,
            states: recipe.negativePhase.isPersistent ? nil : batch.states,
            place: credit_random_place(key: place.key, step: drawCount))
        if let drives = batch.drives {
            units.driveVisible(batch.hidden, first, count, into: drives.data)
        }
    }

    /// The negative phase of `count` chains from `first` on.
    private func walk(_ first: Int, _ count: Int) {
        units.walk(
            recipe.negativePhase.steps, hidden: batch.states, visible: batch.drawn,
            probabilities: batch.drawnHidden, room: batch.room, first, count,
            place: credit_random_place(key: place.key, step: drawCount + 1))
        if let drives = batch.drives {
            units.driveVisible(batch.drawnHidden, first, count, into: drives.drawn)
        }
        guard let factors = batch.factors, let weighted = batch.weighted else { return }
        for row in first..<(first + count) {
            // Chains that go on stand for no row of the data.
            let factor = recipe.negativePhase.isPersistent ? 1 : factors.values[row]
            credit_multiply_scalar_f32(
                data.stride, batch.drawn[row], factor, weighted.drawn[row])
        }
    }
}

extension BoltzmannTraining {
    private func drawWeights(stage: Int) {
        var stream = RandomStream(seed: recipe.seed).child("weights", stage)
        for row in 0..<units.weights.rowCount {
            for column in 0..<units.weights.columnCount {
                units.weights[row][column] = Float(
                    stream.normal(mean: 0, standardDeviation: recipe.initialDeviation))
            }
        }
        units.weights.transpose(into: units.transposed)
    }

    private func scale() {
        let inverse = UnitRows(deviations.vector.map { 1 / $0 })
        for row in 0..<data.rowCount {
            credit_multiply_f32(data.stride, data[row], inverse.values, data[row])
        }
    }

    /// Biases that alone give the means of the columns.
    private func setVisibleBiases() {
        var sums = [Double](repeating: 0, count: data.columnCount)
        for row in 0..<data.rowCount {
            let factor = Double(rowFactors?[row] ?? 1)
            for column in sums.indices { sums[column] += factor * Double(data[row][column]) }
        }
        let count = Double(data.rowCount)
        for column in sums.indices {
            let bias: Double
            if recipe.visibleUnits.isGaussian {
                let unit = recipe.visibleUnits.isLearned ? Double(deviations.values[column]) : 1
                bias = sums[column] / count / unit
            } else {
                // Half a row more of either kind, so that both are possible.
                bias = naturalLogarithm((sums[column] + 0.5) / (count - sums[column] + 0.5))
            }
            units.visibleBiases.values[column] = Float(bias)
        }
    }

    /// Hidden states of the first rows of the data.
    private func startChains() {
        let count = batch.states.rowCount
        let start = UnitRows(rowCount: count, columnCount: data.columnCount)
        for row in 0..<count { start[row].update(from: data[row], count: data.stride) }
        units.hiddenProbabilities(
            of: start, 0, count, into: batch.drawnHidden, states: batch.states,
            place: credit_random_place(key: place.key, step: drawCount))
        drawCount += 1
    }

    /// The mean squared difference of values and their means by the hidden probabilities, in units
    /// of the deviations, over at most a thousand rows.
    private func reconstructionError() -> Double {
        let count = min(data.rowCount, 1000)
        let rows = UnitRows(rowCount: count, columnCount: data.columnCount)
        let hidden = UnitRows(rowCount: count, columnCount: recipe.hiddenCount)
        let means = UnitRows(rowCount: count, columnCount: data.columnCount)
        for row in 0..<count {
            rows[row].update(from: data[row], count: data.stride)
            guard recipe.visibleUnits.isLearned else { continue }
            for column in 0..<data.columnCount {
                rows[row][column] /= deviations.values[column]
            }
        }
        units.hiddenProbabilities(of: rows, 0, count, into: hidden)
        units.visibleMeans(of: hidden, 0, count, into: means)
        var sum = 0.0
        for row in 0..<count {
            for column in 0..<data.columnCount {
                let difference = Double(rows[row][column] - means[row][column])
                sum += difference * difference
            }
        }
        return sum / Double(count * data.columnCount)
    }
}
