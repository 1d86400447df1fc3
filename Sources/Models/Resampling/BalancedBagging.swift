// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// The average of a classifier fitted to several random under-samples with even classes, corrected
/// for the shares of the classes.
///
/// Every member sees all rows of the smallest class and others of the larger ones, so that together
/// they lose less than one under-sample does.
public struct BalancedBagging<Base: Classifier>: Classifier {
    /// The classifier that is fitted to every sample.
    public var base: Base

    /// The number of samples, at least 1.
    public var memberCount: Int

    /// The weight of the smallest class over that of the others in a sample, above 0 and at most 1.
    public var ratio: Double

    /// The seed of the samples.
    public var seed: UInt64

    /// A balanced ensemble.
    public init(_ base: Base, memberCount: Int = 10, ratio: Double = 1, seed: UInt64 = 0) {
        self.base = base
        self.memberCount = memberCount
        self.ratio = ratio
        self.seed = seed
    }

    /// Checks the classifier and the numbers.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try base.validate()
        try Resampling(.randomUnder, ratio: ratio).validate()
        guard (1...100_000).contains(memberCount) else {
            throw ModelError(.invalidRecipe, "\(memberCount) members, 1 is the least")
        }
    }

    /// Fits a member to each sample.
    ///
    /// - Throws: ``ModelError`` with the codes of the classifier.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> CalibratedModel<Base.Model> {
        try validate()
        let sampling = Resampling(.randomUnder, ratio: ratio)
        var members: [CalibratedModel<Base.Model>.Member] = []
        for index in 0..<memberCount {
            try checkCancellation("balanced bagging, member \(index)")
            let sample = try sampling.resampled(data, seed: seed &+ UInt64(index))
            let shift = try sharesShift(from: sample, to: data)
            members.append(
                CalibratedModel.Member(try base.fit(sample), .priorShift(shift)))
            try FitProgress(
                stage: "balanced bagging", step: index + 1, stepLimit: memberCount, objective: nil
            ).report(to: progress)
        }
        return CalibratedModel(members)
    }
}
