// SPDX-License-Identifier: Apache-2.0

/// The share of rows that every hidden unit should be on for.
///
/// A running mean of each unit's probability is drawn to the target: `strength (target - mean)` is
/// added to the gradient of its bias, and that times a row's value to those of its weights.
public struct SparsityTarget: Codable, Hashable, Sendable {
    /// The share above 0 and below 1.
    public var share: Double

    /// How strongly units are drawn to it, above 0.
    public var strength: Double

    /// How much of the running mean is kept from batch to batch, at least 0 and below 1.
    public var memory: Double

    /// A target; its values are checked when a recipe is.
    public init(share: Double, strength: Double = 0.1, memory: Double = 0.9) {
        self.share = share
        self.strength = strength
        self.memory = memory
    }

    func validate() throws(ModelError) {
        guard share > 0, share < 1, strength > 0, strength.isFinite, memory >= 0, memory < 1 else {
            throw ModelError(
                .invalidRecipe,
                "a sparsity target of \(share), strength \(strength), memory \(memory)")
        }
    }
}
