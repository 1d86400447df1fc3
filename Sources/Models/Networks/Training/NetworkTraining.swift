// SPDX-License-Identifier: Apache-2.0

/// How a network is trained: in epochs, each of which goes once over all rows in batches.
///
/// ```swift
/// let training = NetworkTraining(
///     epochLimit: 200, batchSize: 64, optimiser: .adamW(learningRate: 0.002),
///     schedule: LearningRateSchedule(.cosine(epochs: 200, floor: 0)),
///     earlyStopping: EarlyStopping(patience: 20, share: 0.15), seed: 7)
/// ```
///
/// The rows of every epoch are in a new random order and dealt to batches of equal size, up to one
/// row. The gradient of a step is that of the weighted mean loss of its rows.
public struct NetworkTraining: Codable, Hashable, Sendable {
    /// The largest number of epochs.
    public var epochLimit: Int

    /// The largest number of rows of a batch.
    public var batchSize: Int

    /// The rule of the steps.
    public var optimiser: Optimiser

    /// The factor of the optimiser's learning rate.
    public var schedule: LearningRateSchedule

    /// The norm to which longer gradients of all parameters together are shortened; none if `nil`.
    public var gradientNormLimit: Double?

    /// The number of batches whose gradients are added before a step, which is then that of one
    /// large batch for networks without batch normalisation.
    public var batchesPerStep: Int

    /// When training ends before the last epoch; the parameters are then those of the epoch with
    /// the lowest validation loss.
    public var earlyStopping: EarlyStopping?

    /// The seed of the first weights, the order of the rows, dropout and the validation rows.
    public var seed: UInt64

    /// A plan; its values are checked by ``validate()``, which every fit calls.
    public init(
        epochLimit: Int = 100, batchSize: Int = 32, optimiser: Optimiser = .adam(),
        schedule: LearningRateSchedule = .constant, gradientNormLimit: Double? = nil,
        batchesPerStep: Int = 1, earlyStopping: EarlyStopping? = nil, seed: UInt64 = 0
    ) {
        self.epochLimit = epochLimit
        self.batchSize = batchSize
        self.optimiser = optimiser
        self.schedule = schedule
        self.gradientNormLimit = gradientNormLimit
        self.batchesPerStep = batchesPerStep
        self.earlyStopping = earlyStopping
        self.seed = seed
    }

    /// Checks the values.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        guard epochLimit >= 1, batchSize >= 1, batchesPerStep >= 1 else {
            throw ModelError(
                .invalidRecipe,
                "\(epochLimit) epochs of batches of \(batchSize) rows, \(batchesPerStep) per step; "
                    + "each must be 1 or more")
        }
        if let limit = gradientNormLimit, !(limit > 0 && limit.isFinite) {
            throw ModelError(.invalidRecipe, "the limit of the gradient's norm is \(limit)")
        }
        try optimiser.validate()
        try schedule.validate()
        try earlyStopping?.validate()
    }
}
