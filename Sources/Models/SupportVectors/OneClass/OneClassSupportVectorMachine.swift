// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A kernel machine that learns where rows lie and finds those that are unlike them.
///
/// ```swift
/// let model = try OneClassSupportVectorMachine(nu: 0.05).fit(features: goodLoans)
/// let isUnusual = try model.isOutlier(applications)
/// ```
///
/// It separates the rows from the origin of the kernel's space with the widest margin, leaving out
/// at most a share `nu` of them. Standardise the columns before. A row of weight 2 means the row
/// twice. The model has the same bytes for every number of threads and every BLAS.
///
/// Reference: Schölkopf, Platt, Shawe-Taylor, Smola and Williamson, Estimating the support of a
/// high-dimensional distribution, 2001, doi:10.1162/089976601750264965.
public struct OneClassSupportVectorMachine: Codable, Hashable, Sendable {
    /// The share above 0 and up to 1 that bounds that of training rows left outside from above and
    /// that of support vectors from below.
    public var nu: Double

    /// The similarity of two rows.
    public var kernel: KernelFunction

    /// How exactly and with how much memory the machine is fitted.
    public var solver: SupportVectorSolver

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        nu: Double = 0.5, kernel: KernelFunction = .radialBasis(),
        solver: SupportVectorSolver = SupportVectorSolver()
    ) {
        self.nu = nu
        self.kernel = kernel
        self.solver = solver
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try validateShare(nu)
        try kernel.validate()
        try solver.validate()
    }

    /// Fits the machine.
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - weights: one per row; 1 for all where `nil`. Rows of weight 0 are left out.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    ///   - progress: sees every thousand steps and the end.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `nonFinite`, `invalidWeights`,
    ///   `wrongWidth` (names, or given kernel values that are not square), `invalidValue` (kernel
    ///   values beyond 1e30), `notConverged` or `cancelled`.
    /// - Complexity: Between O(rows² * features) and O(rows³).
    public func fit(
        features: Matrix<Double>, weights: [Double]? = nil, featureNames: [String]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> OneClassSupportVectorModel {
        try validate()
        let data = try RegressionData(
            features: features, targets: [Double](repeating: 0, count: features.rowCount),
            weights: weights, featureNames: featureNames)
        let source = KernelSource(
            matrix: features, kernel: kernel.resolved(features, weights: data.weights))
        let rows = data.weights.indices.filter { data.weights[$0] > 0 }
        try source.checkRange(rows, names: data.featureNames)
        var counter = DualProgress(
            "one-class support vector machine", observer: progress, problems: 1,
            iterationLimit: solver.iterationLimit)
        let solution = try SequentialMinimalOptimisation(
            .region(rows: rows, weights: data.weights, nu: nu), source, solver.dual
        ).minimise(&counter)
        let support = rows.indices.filter { solution.values[$0] != 0 }
        let supportRows = support.map { rows[$0] }
        return OneClassSupportVectorModel(
            recipe: self, featureNames: data.featureNames, supportRows: supportRows,
            expansion: KernelExpansion(
                source, rows: supportRows,
                coefficients: .row(support.map { solution.values[$0] }),
                intercepts: [-solution.levels[0]]),
            objective: solution.objective)
    }
}
