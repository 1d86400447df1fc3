// SPDX-License-Identifier: Apache-2.0

/// A network of visible and hidden units that learns how likely rows are, without labels.
///
/// ```swift
/// let recipe = RestrictedBoltzmannMachine(hiddenCount: 32, visibleUnits: .gaussian(), seed: 7)
/// let model = try recipe.fit(standardisedRows)
/// let features = try model.hiddenProbabilities(standardisedRows)
/// ```
///
/// With `s[i] = v[i] / sigma[i]`, where sigma is 1 for Bernoulli units, the energy of a state is
///
/// `E(v, h) = - sum a[i] s[i] - sum b[j] h[j] - sum s[i] w[i, j] h[j]`, plus `sum s[i]² / 2` for
/// Gaussian units up to a constant,
///
/// so that a hidden unit is on with probability `sigmoid(b[j] + sum s[i] w[i, j])`, and a visible
/// unit with `sigmoid(a[i] + sum w[i, j] h[j])`, or it is normal with the mean
/// `sigma[i] (a[i] + sum w[i, j] h[j])` and the deviation sigma[i]. Training climbs the likelihood
/// in mini-batches, with a sampled negative phase.
///
/// Numbers are Float. Every sum has a fixed order and every random number its own place in a
/// counter-based stream, so the model has the same bytes for every number of threads, every BLAS
/// and every machine.
///
/// Reference: G. E. Hinton, "A practical guide to training restricted Boltzmann machines", 2012,
/// doi:10.1007/978-3-642-35289-8_32.
public struct RestrictedBoltzmannMachine: Codable, Hashable, Sendable {
    /// The number of hidden units.
    public var hiddenCount: Int

    /// What the visible units stand for.
    public var visibleUnits: VisibleUnits

    /// Where the states come from that are made less likely.
    public var negativePhase: NegativePhase

    /// How far a step goes along the mean gradient of a batch.
    public var learningRate: Double

    /// The share of the last step that is taken again, at least 0 and below 1.
    public var momentum: Double

    /// What draws every weight to 0 by the same amount.
    public var l1: Double

    /// What draws every weight to 0 in proportion to it.
    public var l2: Double

    /// How the weights follow their gradient.
    public var updateRule: BoltzmannUpdateRule

    /// How often hidden units should be on; not asked for where `nil`.
    public var sparsity: SparsityTarget?

    /// The rows of a batch, which are drawn anew for every epoch.
    public var batchSize: Int

    /// How often every row is seen.
    public var epochCount: Int

    /// The standard deviation of the weights at the beginning.
    public var initialDeviation: Double

    /// What weights, batches and states are drawn by.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        hiddenCount: Int, visibleUnits: VisibleUnits = .bernoulli,
        negativePhase: NegativePhase = .contrastiveDivergence(), learningRate: Double = 0.05,
        momentum: Double = 0, l1: Double = 0, l2: Double = 0,
        updateRule: BoltzmannUpdateRule = .corrected, sparsity: SparsityTarget? = nil,
        batchSize: Int = 100, epochCount: Int = 10, initialDeviation: Double = 0.01,
        seed: UInt64 = 0
    ) {
        self.hiddenCount = hiddenCount
        self.visibleUnits = visibleUnits
        self.negativePhase = negativePhase
        self.learningRate = learningRate
        self.momentum = momentum
        self.l1 = l1
        self.l2 = l2
        self.updateRule = updateRule
        self.sparsity = sparsity
        self.batchSize = batchSize
        self.epochCount = epochCount
        self.initialDeviation = initialDeviation
        self.seed = seed
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        guard (1...65_536).contains(hiddenCount) else {
            throw ModelError(.invalidRecipe, "\(hiddenCount) hidden units, not 1...65536")
        }
        guard (1...1_000_000).contains(batchSize), (1...1_000_000).contains(epochCount),
            (1...10_000).contains(negativePhase.steps)
        else {
            throw ModelError(
                .invalidRecipe,
                "\(epochCount) epochs in batches of \(batchSize) with \(negativePhase.steps) Gibbs "
                    + "steps, not 1 or more of each")
        }
        let amounts = [learningRate, l1, l2, initialDeviation]
        guard amounts.allSatisfy({ $0 >= 0 && $0 < 1e6 }), learningRate > 0, momentum >= 0,
            momentum < 1
        else {
            throw ModelError(
                .invalidRecipe,
                "learning rate \(learningRate), momentum \(momentum), l1 \(l1), l2 \(l2), initial "
                    + "deviation \(initialDeviation)")
        }
        try visibleUnits.validate()
        try sparsity?.validate()
        guard !updateRule.isLiteral || (l1 == 0 && updateRule.hiddenDeviation > 1e-6) else {
            throw ModelError(
                .invalidRecipe,
                "the printed rule has no l1, here \(l1), and a hidden deviation above 1e-6, here "
                    + "\(updateRule.hiddenDeviation)")
        }
    }
}
