// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A kernel machine that separates classes by the widest margin.
///
/// ```swift
/// let recipe = SupportVectorClassifier(.c(1), kernel: .radialBasis())
/// let risk = try recipe.fit(data).probabilities(applications)
/// ```
///
/// Of two classes it minimises `1/2 |w|² + C sum of weight max(0, 1 - y (w·phi(x) + b))`; of more
/// classes it does so for every pair of them. Distances and products depend on the units of the
/// columns: standardise them before. A row of weight 2 means the row twice; the weights of classes
/// multiply those of rows. The model has the same bytes for every number of threads and every BLAS.
///
/// References: Cortes and Vapnik, Support-vector networks, 1995, doi:10.1007/BF00994018; Schölkopf,
/// Smola, Williamson and Bartlett, New support vector algorithms, 2000,
/// doi:10.1162/089976600300015565; Chang and Lin, LIBSVM, 2011, doi:10.1145/1961189.1961199.
public struct SupportVectorClassifier: Classifier {
    /// What bounds the errors.
    public enum Formulation: Codable, Hashable, Sendable {
        /// The price `C` above 0 of a row on the wrong side of its margin.
        case c(Double)
        /// The share `nu` above 0 and up to 1 that bounds that of margin errors from above and that
        /// of support vectors from below.
        case nu(Double)
    }

    /// What bounds the errors.
    public var formulation: Formulation

    /// The similarity of two rows.
    public var kernel: KernelFunction

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// How decision values become probabilities.
    public var probabilities: SupportVectorProbabilities

    /// Which class is predicted.
    public var prediction: SupportVectorPrediction

    /// How exactly and with how much memory the machine is fitted.
    public var solver: SupportVectorSolver

    /// The seed of the folds of ``probabilities``.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        _ formulation: Formulation = .c(1), kernel: KernelFunction = .radialBasis(),
        classWeighting: ClassWeighting = .equal,
        probabilities: SupportVectorProbabilities = .platt(),
        prediction: SupportVectorPrediction = .mostProbable,
        solver: SupportVectorSolver = SupportVectorSolver(), seed: UInt64 = 0
    ) {
        self.formulation = formulation
        self.kernel = kernel
        self.classWeighting = classWeighting
        self.probabilities = probabilities
        self.prediction = prediction
        self.solver = solver
        self.seed = seed
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        switch formulation {
        case .c(let c):
            guard c > 0, c.isFinite else {
                throw ModelError(.invalidRecipe, "C is \(c), not a number above 0")
            }
        case .nu(let nu): try validateShare(nu)
        }
        try kernel.validate()
        try classWeighting.validate()
        try probabilities.validate()
        try solver.validate()
    }

    /// Fits a machine to every pair of classes, and to their folds where probabilities need them.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes; those of weight 0 are left out.
    ///   - progress: sees every thousand steps and the end of every machine.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for a share `nu` that the
    ///   classes do not allow), `invalidValue` (kernel values beyond 1e30), `wrongWidth` (given
    ///   kernel values that are not square), `invalidSplit` (classes with fewer rows than
    ///   folds), `rankDeficient` (decision values that are all equal have no Platt map),
    ///   `notConverged` or `cancelled`.
    /// - Complexity: Between O(rows² * features) and O(rows³).
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> SupportVectorModel {
        try validate()
        return try SupportVectorFit(self, data).model(progress)
    }
}

/// Refuses a share that is not above 0 and up to 1.
///
/// - Throws: ``ModelError`` with code `invalidRecipe`.
func validateShare(_ nu: Double) throws(ModelError) {
    guard nu > 0, nu <= 1 else {
        throw ModelError(.invalidRecipe, "nu is \(nu), not above 0 and up to 1")
    }
}
