// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// A training on its way: a value between two epochs, which can be kept and continued.
///
/// An epoch's random numbers depend on the seed and the number of the epoch alone, so a run that was
/// written and read goes on to the same bytes as one that was not. An epoch that fails leaves the
/// run as it was before.
package struct TrainingRun<Scalar: NetworkScalar>: Equatable, Sendable {
    package let training: NetworkTraining
    package internal(set) var parameters: [Scalar]
    package internal(set) var state: [Scalar]
    package internal(set) var history: [TrainingEpoch] = []
    var first: [Scalar]
    var second: [Scalar]
    var stepCount = 0
    var plateau = PlateauState()
    var best: Best?

    /// The parameters of the epoch with the lowest validation loss.
    struct Best: Equatable, Sendable {
        var loss: Double
        var epoch: Int
        var parameters: [Scalar]
        var state: [Scalar]
    }

    /// A run at its start.
    package init(_ training: NetworkTraining, for problem: some NetworkProblem<Scalar>) {
        let count = problem.parameterCount
        let parameters = ScalarBuffer<Scalar>(count)
        let state = ScalarBuffer<Scalar>(problem.stateCount)
        problem.initialise(
            parameters.base, state: state.base,
            random: RandomStream(seed: training.seed).child("initial"))
        self.init(training, parameters: parameters.values, state: state.values)
    }

    /// A run at its start, from given parameters.
    package init(_ training: NetworkTraining, parameters: [Scalar], state: [Scalar]) {
        self.training = training
        self.parameters = parameters
        self.state = state
        let zeros = [Scalar](repeating: 0, count: parameters.count)
        first = zeros
        second = training.optimiser.usesSecond ? zeros : []
    }

    /// The epochs that are done.
    package var epochCount: Int { history.count }

    /// Whether the last epoch is done, or the validation loss has not fallen for long enough.
    package var isFinished: Bool {
        if epochCount >= training.epochLimit { return true }
        guard let best, let stopping = training.earlyStopping else { return false }
        return epochCount - best.epoch >= stopping.patience
    }

    /// The parameters and state to use: those of the lowest validation loss where training stops by
    /// it, else the last ones.
    package var result: (parameters: [Scalar], state: [Scalar]) {
        best.map { ($0.parameters, $0.state) } ?? (parameters, state)
    }

    /// Goes once over all rows.
    ///
    /// - Returns: what the epoch has done.
    /// - Throws: ``ModelError`` with code `diverged` when the loss, the gradient or a parameter is
    ///   not finite any more; the message names epoch and batch. Code `cancelled` with the task.
    @discardableResult
    package mutating func advance(
        _ problem: some NetworkProblem<Scalar>
    ) throws(ModelError) -> TrainingEpoch {
        precondition(
            problem.parameterCount == parameters.count && problem.stateCount == state.count,
            "a problem of \(problem.parameterCount) parameters and \(problem.stateCount) state "
                + "numbers for a run of \(parameters.count) and \(state.count)")
        let epoch = epochCount + 1
        let random = RandomStream(seed: training.seed).child("epoch", epoch)
        var order = random.child("order")
        let rows = order.permutation(problem.rowCount)
        let batchSize = min(training.batchSize, rows.count)
        let batchCount = (rows.count + batchSize - 1) / batchSize
        let blocks = problem.blocks
        let parameters = ScalarBuffer(self.parameters)
        let state = ScalarBuffer(self.state)
        let gradient = ScalarBuffer<Scalar>(parameters.count)
        var run = OptimiserRun(
            training.optimiser, first: first, second: second, stepCount: stepCount)
        var (total, step) = (LossSum(), LossSum())
        var rate = training.optimiser.learningRate
        var failure: ModelError?
        rows.withUnsafeBufferPointer { rows in
            for batch in 0..<batchCount {
                if Task.isCancelled {
                    failure = ModelError(
                        .cancelled, "epoch \(epoch), batch \(batch + 1): the task was cancelled")
                    return
                }
                let start = batch * rows.count / batchCount
                let end = (batch + 1) * rows.count / batchCount
                var numbers = random.child("batch", batch)
                step += problem.accumulate(
                    UnsafeBufferPointer(rebasing: rows[start..<end]),
                    parameters: parameters.base, state: state.base, gradient: gradient.base,
                    random: &numbers)
                guard
                    (batch + 1).isMultiple(of: training.batchesPerStep) || batch + 1 == batchCount,
                    step.weight > 0
                else { continue }
                let scale = clippedScale(
                    gradient.base, count: gradient.count, scale: 1 / step.weight,
                    limit: training.gradientNormLimit)
                guard step.loss.isFinite, scale.isFinite else {
                    failure = ModelError(
                        .diverged,
                        "epoch \(epoch), batch \(batch + 1): the loss is \(step.mean)"
                            + (step.loss.isFinite ? " and its gradient is not finite" : ""))
                    return
                }
                rate =
                    training.optimiser.learningRate
                    * training.schedule.factor(
                        stepCount: run.stepCount, epochCount: epoch - 1, plateau: plateau)
                run.step(
                    blocks, parameters: parameters.base, gradient: gradient.base, scale: scale,
                    rate: rate)
                gradient.clear()
                total += step
                step = LossSum()
            }
        }
        if let failure { throw failure }
        let validation = problem.validate(parameters: parameters.base, state: state.base)
        guard Scalar._isFinite(parameters.count, parameters.base),
            Scalar._isFinite(state.count, state.base), validation?.mean.isFinite ?? true
        else {
            throw ModelError(
                .diverged,
                "epoch \(epoch), batch \(batchCount): a parameter or the validation loss "
                    + "\(validation.map { "\($0.mean)" } ?? "") is not finite")
        }
        self.parameters = parameters.values
        self.state = state.values
        first = run.first.values
        second = run.second.values
        stepCount = run.stepCount
        let done = TrainingEpoch(
            epoch: epoch, loss: total.mean, validationLoss: validation?.mean, learningRate: rate)
        history.append(done)
        plateau = training.schedule.next(plateau, loss: validation?.mean ?? total.mean)
        if training.earlyStopping != nil, let loss = validation?.mean,
            loss < best?.loss ?? .infinity
        {
            best = Best(loss: loss, epoch: epoch, parameters: self.parameters, state: self.state)
        }
        return done
    }

    /// Trains to the end and reports every epoch.
    ///
    /// - Throws: ``ModelError`` with code `diverged` or `cancelled`.
    mutating func finish(
        _ problem: some NetworkProblem<Scalar>, stage: String? = nil, progress: FitObserver?
    ) throws(ModelError) {
        while !isFinished {
            let epoch = try advance(problem)
            try FitProgress(
                stage: stage, step: epoch.epoch, stepLimit: training.epochLimit,
                objective: epoch.validationLoss ?? epoch.loss
            ).report(to: progress)
        }
    }
}
