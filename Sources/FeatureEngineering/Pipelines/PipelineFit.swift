// SPDX-License-Identifier: Apache-2.0

/// A fitted pipeline together with the features of the rows it was fitted to.
public struct PipelineFit: Sendable {
    /// The fitted pipeline.
    public let pipeline: FittedPipeline
    /// The features of the training rows that are left, as an estimator should learn from them.
    ///
    /// They are those of `pipeline.transform`, but where a step treats training rows in another
    /// way than new ones, as cross-fitted encoding does.
    public let features: FeatureMatrix
    /// The rows of the table that ``features`` are of, ascending; fewer than the table has if a
    /// step drops training rows.
    public let rows: [Int]
}
