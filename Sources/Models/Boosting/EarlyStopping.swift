// SPDX-License-Identifier: Apache-2.0

/// When boosting or the training of a network ends before its last round or epoch.
public struct EarlyStopping: Codable, Hashable, Sendable {
    /// The rounds or epochs without a lower validation loss after which the fit ends; the model is
    /// that of the lowest loss.
    public var patience: Int

    /// The share of the training rows that is held out for validation, above 0 and below 1, where
    /// no validation rows are given.
    public var share: Double

    /// Stops after `patience` rounds without a lower loss on a `share` of the rows.
    public init(patience: Int = 10, share: Double = 0.1) {
        self.patience = patience
        self.share = share
    }

    func validate() throws(ModelError) {
        guard patience >= 1, share > 0, share < 1 else {
            throw ModelError(
                .invalidRecipe,
                "a patience of \(patience) rounds on a share of \(share), not 1 or more and "
                    + "within 0 and 1")
        }
    }
}
