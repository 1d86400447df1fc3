// SPDX-License-Identifier: Apache-2.0

/// What an epoch of training has done.
public struct TrainingEpoch: Codable, Hashable, Sendable {
    /// The number of the epoch, from 1.
    public let epoch: Int

    /// The weighted mean loss of the training rows, each as it was when its batch came; dropout and
    /// class weights included, weight decay not.
    public let loss: Double

    /// The weighted mean loss of the validation rows after the epoch; `nil` where there are none.
    public let validationLoss: Double?

    /// The learning rate of the last step.
    public let learningRate: Double
}
