// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A kernel machine that fits a number within a tube around its targets.
///
/// ```swift
/// let recipe = SupportVectorRegressor(.epsilon(c: 1, width: 0.1), kernel: .radialBasis())
/// let loss = try recipe.fit(features: x, targets: losses).predictions(applications)
/// ```
///
/// It minimises `1/2 |w|² + C sum of weight max(0, |y - w·phi(x) - b| - width)`, so that errors up
/// to the width cost nothing. Distances and products depend on the units of the columns:
/// standardise them before. A row of weight 2 means the row twice. The model has the same bytes for
/// every number of threads and every BLAS.
///
/// References: Drucker, Burges, Kaufman, Smola and Vapnik, Support vector regression machines,
/// NIPS 9, 1997; Schölkopf, Smola, Williamson and Bartlett, 2000,
/// doi:10.1162/089976600300015565.
public struct SupportVectorRegressor: Regressor {
    /// How wide the tube is.
    public enum Formulation: Codable, Hashable, Sendable {
        /// Errors cost `c`, above 0, beyond a given half width of the tube, 0 or more.
        case epsilon(c: Double, width: Double)
        /// The tube is found so that at most a share `nu`, above 0 and up to 1, of the rows lies
        /// outside; errors cost `c`.
        case nu(c: Double, nu: Double)
    }

    /// How wide the tube is.
    public var formulation: Formulation

    /// The similarity of two rows.
    public var kernel: KernelFunction

    /// How exactly and with how much memory the machine is fitted.
    public var solver: SupportVectorSolver

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        _ formulation: Formulation = .epsilon(c: 1, width: 0.1),
        kernel: KernelFunction = .radialBasis(),
        solver: SupportVectorSolver = SupportVectorSolver()
    ) {
        self.formulation = formulation
        self.kernel = kernel
        self.solver = solver
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        let price: Double
        switch formulation {
        case .epsilon(let c, let width):
            price = c
            guard width >= 0, width.isFinite else {
                throw ModelError(.invalidRecipe, "the width is \(width), not 0 or more")
            }
        case .nu(let c, let nu):
            price = c
            try validateShare(nu)
        }
        guard price > 0, price.isFinite else {
            throw ModelError(.invalidRecipe, "C is \(price), not a number above 0")
        }
        try kernel.validate()
        try solver.validate()
    }

    /// Fits the machine.
    ///
    /// - Parameters:
    ///   - data: the rows; those of weight 0 are left out.
    ///   - progress: sees every thousand steps and the end.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidValue` (kernel values beyond
    ///   1e30), `wrongWidth` (given kernel values that are not square), `notConverged` or
    ///   `cancelled`.
    /// - Complexity: Between O(rows² * features) and O(rows³).
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> SupportVectorRegressorModel {
        try validate()
        try data.requireComplete()
        let source = KernelSource(
            matrix: data.features,
            kernel: kernel.resolved(data.features, weights: data.weights))
        let rows = data.weights.indices.filter { data.weights[$0] > 0 }
        try source.checkRange(rows, names: data.featureNames)
        let targets = rows.map { data.targets[$0] }
        var counter = DualProgress(
            "support vector regressor", observer: progress, problems: 1,
            iterationLimit: solver.iterationLimit)
        let problem: DualProblem
        switch formulation {
        case .epsilon(let c, let width):
            problem = .regression(
                rows: rows, targets: targets, limits: rows.map { c * data.weights[$0] },
                width: width)
        case .nu(let c, let nu):
            problem = .shareRegression(
                rows: rows, targets: targets, limits: rows.map { c * data.weights[$0] }, nu: nu)
        }
        let solution = try SequentialMinimalOptimisation(problem, source, solver.dual)
            .minimise(&counter)
        let factors = rows.indices.map {
            solution.values[$0] + solution.values[$0 + rows.count]
        }
        let support = factors.indices.filter { factors[$0] != 0 }
        // Both halves of the tube have the same distance from its middle.
        let level = (solution.levels[0] + (solution.levels.last ?? 0)) / 2
        let width: Double
        switch formulation {
        case .epsilon(_, let given): width = given
        case .nu: width = (solution.levels[1] - solution.levels[0]) / 2
        }
        let supportRows = support.map { rows[$0] }
        return SupportVectorRegressorModel(
            recipe: self, featureNames: data.featureNames, supportRows: supportRows,
            expansion: KernelExpansion(
                source, rows: supportRows, coefficients: .row(support.map { factors[$0] }),
                intercepts: [-level]),
            width: width, objective: solution.objective)
    }
}
