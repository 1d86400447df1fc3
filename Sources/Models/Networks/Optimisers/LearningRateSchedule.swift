// SPDX-License-Identifier: Apache-2.0

internal import RealModule

/// How the learning rate changes while a network is trained: a warm-up, then a decay.
public struct LearningRateSchedule: Codable, Hashable, Sendable {
    /// The factor of the learning rate from epoch to epoch, which are counted from 0.
    public enum Decay: Codable, Hashable, Sendable {
        /// 1 throughout.
        case none
        /// Times `factor` after every `epochs` epochs.
        case step(epochs: Int, factor: Double)
        /// Half a cosine from 1 down to `floor` at epoch `epochs`, and `floor` from then on.
        ///
        /// I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with warm restarts",
        /// ICLR 2017, without restarts.
        case cosine(epochs: Int, floor: Double)
        /// Times `factor` when the loss has not fallen by a share of 10⁻⁴ for more than `patience`
        /// epochs, but never below `floor`. The loss is that of the validation rows where there are
        /// any, else that of training.
        case plateau(patience: Int, factor: Double, floor: Double)
    }

    /// The number of first steps in which the learning rate rises in proportion to the step.
    public var warmUpSteps: Int

    /// What follows.
    public var decay: Decay

    /// A schedule; its values are checked by the recipe that holds it.
    public init(_ decay: Decay = .none, warmUpSteps: Int = 0) {
        self.decay = decay
        self.warmUpSteps = warmUpSteps
    }

    /// The same learning rate throughout.
    public static var constant: LearningRateSchedule { LearningRateSchedule() }

    /// Checks the values.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        func require(_ holds: Bool, _ message: String) throws(ModelError) {
            guard holds else { throw ModelError(.invalidRecipe, message) }
        }
        func requireFactor(_ factor: Double) throws(ModelError) {
            try require(
                factor > 0 && factor <= 1, "the learning rate's factor is \(factor), not in 0...1")
        }
        func requireFloor(_ floor: Double) throws(ModelError) {
            try require(
                floor >= 0 && floor <= 1, "the learning rate's floor is \(floor), not in 0...1")
        }
        try require(warmUpSteps >= 0, "a warm-up of \(warmUpSteps) steps")
        switch decay {
        case .none: break
        case .step(let epochs, let factor):
            try require(epochs >= 1, "a step every \(epochs) epochs")
            try requireFactor(factor)
        case .cosine(let epochs, let floor):
            try require(epochs >= 1, "a cosine of \(epochs) epochs")
            try requireFloor(floor)
        case .plateau(let patience, let factor, let floor):
            try require(patience >= 0, "a patience of \(patience) epochs")
            try requireFactor(factor)
            try requireFloor(floor)
        }
    }

    /// The factor of the step after `stepCount` steps in the epoch after `epochCount` epochs.
    package func factor(stepCount: Int, epochCount: Int, plateau: PlateauState) -> Double {
        let warm = stepCount >= warmUpSteps ? 1 : Double(stepCount + 1) / Double(warmUpSteps)
        switch decay {
        case .none: return warm
        case .step(let epochs, let factor):
            return warm * Double.pow(factor, epochCount / epochs)
        case .cosine(let epochs, let floor):
            let share = Double(min(epochCount, epochs)) / Double(epochs)
            return warm * (floor + (1 - floor) * (1 + Double.cos(share * .pi)) / 2)
        case .plateau: return warm * plateau.factor
        }
    }

    /// The state after an epoch of `loss`.
    package func next(_ state: PlateauState, loss: Double) -> PlateauState {
        guard case .plateau(let patience, let factor, let floor) = decay else { return state }
        var state = state
        if loss < state.best - 1e-4 * abs(state.best) || state.best == .infinity {
            state.best = loss
            state.waited = 0
        } else {
            state.waited += 1
        }
        if state.waited > patience {
            state.factor = max(state.factor * factor, floor)
            state.waited = 0
        }
        return state
    }
}

/// What a schedule remembers of the epochs.
package struct PlateauState: Hashable, Sendable {
    package var factor = 1.0
    package var best = Double.infinity
    package var waited = 0

    package init() {}
}
