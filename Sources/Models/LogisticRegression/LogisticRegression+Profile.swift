// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
internal import LinearAlgebra

extension LogisticRegression {
    /// The profile-likelihood interval of one coefficient.
    ///
    /// The interval holds every value for which twice the loss of log-likelihood, the other
    /// coefficients refitted, stays below the chi-square quantile of one degree of freedom. Unlike
    /// the Wald interval it need not be symmetric, does not depend on how the coefficient is
    /// written, and holds where rows are few. With ``Penalty/firth`` it is the profile of the
    /// penalised likelihood. With ``Penalty/l2(C:)`` it is that of the penalised objective: the
    /// interval is then one of a posterior under a normal prior, and no promise about repeated
    /// samples.
    ///
    /// - Parameters:
    ///   - name: a feature, or `intercept`.
    ///   - model: what this recipe fitted to `data`.
    ///   - data: the rows of the fit.
    ///   - offsets: the offsets of the fit.
    ///   - level: the share of samples whose interval covers the truth, within 0...1 but not 1.
    /// - Returns: the interval; an end is infinite where the likelihood never falls far enough.
    /// - Throws: ``ModelError``: `invalidRecipe` for an L1 part, signs, an unknown name or a level
    ///   out of range; the codes of the fit.
    /// - Complexity: some tens of fits.
    public func profileInterval(
        of name: String, in model: LogisticRegressionModel, on data: ClassificationData,
        offsets: [Double]? = nil, level: Double = 0.95
    ) throws(ModelError) -> ClosedRange<Double> {
        try validate()
        guard !needsCoordinates else {
            throw ModelError(
                .invalidRecipe, "a profile of a likelihood with an L1 penalty or signs has kinks")
        }
        guard level >= 0, level < 1 else {
            throw ModelError(.invalidRecipe, "a confidence level of \(level), not in 0..<1")
        }
        let problem = try LogisticProblem(LogisticRows(data, offsets: offsets), recipe: self)
        let profile = try ProfileLikelihood(name, of: model, in: problem, recipe: self)
        let root = NormalDistribution.survivalQuantile((1 - level) / 2)
        let lower = try profile.end(towards: -1, loss: root * root / 2)
        return try lower...profile.end(towards: 1, loss: root * root / 2)
    }
}

/// The likelihood as a function of one coefficient, maximised over the others.
private struct ProfileLikelihood {
    private let likelihood: LogisticLikelihood
    private let maximum: LogisticLikelihood.Maximum
    private let index: Int
    private let free: [Int]
    /// The coefficient's unit in those of the design.
    private let scale: Double
    /// The standard error in the units of the design.
    private let spread: Double

    init(
        _ name: String, of model: LogisticRegressionModel, in problem: LogisticProblem,
        recipe: LogisticRegression
    ) throws(ModelError) {
        let isIntercept = name == "intercept" && recipe.fitsIntercept
        let place = isIntercept ? 0 : problem.featureNames.firstIndex(of: name)
        guard let place else {
            throw ModelError(.invalidRecipe, "\(name) is no coefficient of the model")
        }
        // The intercept itself is a coefficient only where features are measured from 0.
        let design = StandardisedDesign(problem, isCentred: !isIntercept && recipe.fitsIntercept)
        index = isIntercept ? 0 : place + (recipe.fitsIntercept ? 1 : 0)
        scale = isIntercept ? 1 : design.scales[place]
        let ridges = Vector(design.scales.elements.map { recipe.penalty.ridge / ($0 * $0) })
        let held = index
        free = (0..<design.matrix.columnCount).filter { $0 != held }
        likelihood = LogisticLikelihood(
            design: design.matrix, problem: problem, isFirth: recipe.penalty == .firth,
            ridges: recipe.fitsIntercept ? Vector([0] + ridges.elements) : ridges, recipe: recipe)
        let start = try problem.start(from: model)
        let intercept =
            isIntercept ? model.intercept : start.intercept
        let scaled = (start.coefficients * design.scales).elements
        maximum = try likelihood.maximum(
            from: Vector((recipe.fitsIntercept ? [intercept] : []) + scaled),
            free: Array(0..<design.matrix.columnCount))
        let rowCurvatures = problem.rowCurvatures(at: start)
        let information = design.matrix.gram(weights: rowCurvatures)
        do {
            spread = try information.cholesky().inverse()[held, held].squareRoot()
        } catch {
            throw .singular(error)
        }
    }

    /// Where the profile has fallen by `loss` in a direction, in the coefficient's own unit.
    func end(towards sign: Double, loss: Double) throws(ModelError) -> Double {
        let centre = maximum.coefficients[index]
        guard loss > 0 else { return centre / scale }
        var last = maximum.coefficients
        var failure: ModelError?
        func excess(_ distance: Double) -> Double {
            var start = last
            start[index] = centre + sign * distance
            do throws(ModelError) {
                let found = try likelihood.maximum(from: start, free: free)
                last = found.coefficients
                return found.value - maximum.value + loss
            } catch {
                failure = error
                return .nan
            }
        }
        var (near, far) = (0.0, spread * (2 * loss).squareRoot())
        while excess(far) > 0 {
            (near, far) = (far, far * 2)
            guard far < spread * 1e6 else { return sign * .infinity }
        }
        if let failure { throw failure }
        do {
            let root = try BrentRoot(tolerance: 1e-11 * spread).solve(in: near...far, excess)
            return (centre + sign * root.position) / scale
        } catch {
            throw failure ?? ModelError(.notConverged, "the profile of \(index)", underlying: error)
        }
    }
}
