// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// What the fits of classification trees and forests begin with.
struct ClassificationTreeFit {
    let data: ClassificationData
    let binned: BinnedFeatures
    var plan: GrowthPlan
    /// The weights of the rows, times the factors of their classes.
    let weights: [Double]

    var targets: TreeTargets { .classes(data.labels.codes) }

    init(
        _ data: ClassificationData, growth: TreeGrowth, criterion: SplitCriterion,
        classWeighting: ClassWeighting, hasRandomCuts: Bool = false, tracksImpurity: Bool = false
    ) throws(ModelError) {
        self.data = data
        let (nominal, directions) = try growth.resolved(data.featureNames)
        plan = try GrowthPlan(
            growth, classCount: data.labels.classes.count, directions: directions,
            isEntropy: criterion == .entropy, hasRandomCuts: hasRandomCuts)
        plan.tracksImpurity = tracksImpurity
        let factors = try classWeighting.factors(data.classWeights)
        weights =
            classWeighting == .equal
            ? data.weights : zip(data.weights, data.labels.codes).map { $0 * factors[$1] }
        binned = try BinnedFeatures(
            data.features, weights: data.weights, names: data.featureNames, cuts: growth.cuts,
            nominal: nominal)
    }

    /// The ensemble to which grown trees are added.
    func ensemble(isAverage: Bool) -> TreeEnsemble {
        TreeEnsemble(
            featureNames: data.featureNames, outputCount: plan.outputCount,
            baseValues: [Double](repeating: 0, count: plan.outputCount), isAverage: isAverage,
            takesMissing: data.allowsMissing, levels: binned.levels)
    }
}

/// What the fits of regression trees and forests begin with.
struct RegressionTreeFit {
    let data: RegressionData
    let binned: BinnedFeatures
    var plan: GrowthPlan
    let targets: TreeTargets

    init(
        _ data: RegressionData, growth: TreeGrowth, hasRandomCuts: Bool = false,
        tracksImpurity: Bool = false
    ) throws(ModelError) {
        self.data = data
        let (nominal, directions) = try growth.resolved(data.featureNames)
        plan = try GrowthPlan(
            growth, classCount: 1, directions: directions, hasRandomCuts: hasRandomCuts)
        plan.tracksImpurity = tracksImpurity
        binned = try BinnedFeatures(
            data.features, weights: data.weights, names: data.featureNames, cuts: growth.cuts,
            nominal: nominal)
        let total = data.weights.reduce(0, +)
        let mean = zip(data.targets, data.weights).reduce(0) { $0 + $1.0 * ($1.1 / total) }
        targets = .numbers(data.targets.map { $0 - mean }, centre: mean)
    }

    /// The ensemble to which grown trees are added.
    func ensemble(isAverage: Bool) -> TreeEnsemble {
        TreeEnsemble(
            featureNames: data.featureNames, outputCount: 1, baseValues: [0],
            isAverage: isAverage, takesMissing: data.allowsMissing, levels: binned.levels)
    }
}

extension BinnedFeatures {
    /// The levels of nominal columns; empty for the others.
    var levels: [[Double]] { columns.map { $0.isNominal ? $0.low : [] } }
}
