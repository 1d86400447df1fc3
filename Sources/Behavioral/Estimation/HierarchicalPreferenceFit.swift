// SPDX-License-Identifier: Apache-2.0

import RealModule

/// How a parameter varies among people.
public struct PopulationEstimate: Hashable, Codable, Sendable {
    /// Which one.
    public let parameter: PreferenceParameter

    /// The median over people, with its standard error and 95 % interval.
    public let median: ParameterEstimate

    /// The standard deviation over people, on the scale on which the parameter is unbounded: the
    /// logarithm of the distance from its lower end, for a tremble the log-odds.
    public let spread: Double
}

/// The preferences of many people, of which each informs the others.
public struct HierarchicalPreferenceFit: Hashable, Codable, Sendable {
    /// What was looked for.
    public let model: PreferenceModel

    /// The population, in the order of ``PreferenceModel/freeParameters``.
    public let population: [PopulationEstimate]

    /// Each person's most probable preferences, in the order of the people.
    public let individuals: [ChoiceAgent]

    /// The log-likelihood of all choices with the people's parameters integrated out (Laplace).
    public let logMarginalLikelihood: Double

    /// The number of rounds.
    public let iterations: Int

    /// Whether the population came to rest.
    public let hasConverged: Bool
}

extension PreferenceModel {
    /// Fits many people at once, each drawn towards what is usual as far as their own choices leave
    /// it open.
    ///
    /// On the unbounded scale each free parameter is normal in the population, independent of the
    /// others. Expectation-maximisation with Laplace's approximation: each person's most probable
    /// parameters and their uncertainty under the population, then the population from all of
    /// these, until it moves by no more than 1e-4. Standard errors of the population are those of
    /// the approximate marginal likelihood. Without randomness. With few choices per person,
    /// parameters that stand in for one another, such as curvature and sensitivity, are biased:
    /// fix one of them, or ask more.
    /// Q. Huys et al., PLoS Computational Biology 7 (2011),
    /// https://doi.org/10.1371/journal.pcbi.1002028.
    /// - Parameters:
    ///   - people: The choices of each person; at least two people.
    ///   - iterationLimit: The most rounds, at least 1.
    ///   - progress: Hears the number of each round that has ended.
    /// - Throws: As ``fit(_:)``, and `invalidParameter` for fewer than two people or no round.
    /// - Complexity: O(n) per round for n outcomes of all choices.
    public func fitHierarchically(
        _ people: [[RiskyChoice]], iterationLimit: Int = 200, progress: ((Int) -> Void)? = nil
    ) throws(BehavioralError) -> HierarchicalPreferenceFit {
        guard people.count >= 2, iterationLimit >= 1 else {
            throw BehavioralError(
                .invalidParameter, "\(people.count) people and \(iterationLimit) rounds")
        }
        let pooled = try fit(people.flatMap { $0 })
        let weighting = weighting
        let center = freeParameters.map { $0.coordinate(pooled[$0]?.value ?? 1, weighting) }
        var members: [HierarchyMember] = []
        for (index, choices) in people.enumerated() {
            do throws(BehavioralError) {
                members.append(
                    HierarchyMember(try ChoiceLikelihood(self, choices), start: center))
            } catch {
                throw BehavioralError(error.code, "person \(index): \(error.message)")
            }
        }
        var population = Population(
            mean: center, variance: Array(repeating: 0.25, count: center.count))
        var (iteration, hasConverged) = (0, freeParameters.isEmpty)
        repeat {
            for index in members.indices {
                if Task.isCancelled { throw BehavioralError(.cancelled, "the fit was cancelled") }
                members[index].update(population)
            }
            let next = Population(members)
            let change = zip(next.mean + next.variance, population.mean + population.variance)
                .reduce(0) { max($0, abs($1.0 - $1.1)) }
            population = next
            iteration += 1
            progress?(iteration)
            hasConverged = hasConverged || change <= 1e-4
        } while !hasConverged && iteration < iterationLimit
        for index in members.indices { members[index].update(population) }
        return try HierarchicalPreferenceFit(
            self, members, population, iteration, hasConverged)
    }
}

/// A normal distribution of every free parameter.
private struct Population {
    var mean: [Double]
    var variance: [Double]

    init(mean: [Double], variance: [Double]) {
        self.mean = mean
        self.variance = variance
    }

    /// What the members say together.
    init(_ members: [HierarchyMember]) {
        let count = Double(members.count)
        let parameters = members[0].point.indices
        mean = parameters.map { k in members.reduce(0) { $0 + $1.point[k] } / count }
        let mean = mean
        // A variance of 0 would never leave it.
        variance = parameters.map { k in
            max(
                1e-6,
                members.reduce(0) {
                    $0 + ($1.point[k] - mean[k]) * ($1.point[k] - mean[k]) + $1.variance[k]
                } / count)
        }
    }
}

/// One person: the most probable parameters under a population, and their uncertainty.
private struct HierarchyMember {
    let likelihood: ChoiceLikelihood
    private(set) var point: [Double]
    private(set) var variance: [Double]
    private(set) var logMarginal = 0.0
    private(set) var posterior: SymmetricMatrix?

    init(_ likelihood: ChoiceLikelihood, start: [Double]) {
        self.likelihood = likelihood
        point = start
        variance = Array(repeating: 0, count: start.count)
    }

    mutating func update(_ population: Population) {
        func objective(_ x: [Double]) -> (value: Double, gradient: [Double]) {
            var (value, gradient) = likelihood.evaluate(x)
            for k in x.indices {
                let distance = x[k] - population.mean[k]
                value += distance * distance / (2 * population.variance[k])
                gradient[k] += distance / population.variance[k]
            }
            return (value, gradient)
        }
        let minimum = QuasiNewton().minimise(from: point, objective)
        point = minimum.point
        var logPrior = 0.0
        for variance in population.variance { logPrior -= Double.log(variance) / 2 }
        guard let factor = minimum.hessian.cholesky() else {
            // Off the ridge of a flat likelihood: the population is all that is known.
            variance = population.variance
            posterior = nil
            logMarginal = -minimum.value
            return
        }
        let inverse = factor.inverse()
        variance = point.indices.map { inverse[$0, $0] }
        posterior = inverse
        logMarginal = -minimum.value + logPrior - factor.logDeterminant / 2
    }
}

extension HierarchicalPreferenceFit {
    fileprivate init(
        _ model: PreferenceModel, _ members: [HierarchyMember], _ population: Population,
        _ iterations: Int, _ hasConverged: Bool
    ) throws(BehavioralError) {
        // The information of each person on the mean, (S + H^-1)^-1 for the population's variance
        // S and the likelihood's curvature H, in a form that bears a singular H.
        let free = model.freeParameters
        var information = SymmetricMatrix(count: free.count)
        for member in members {
            guard let posterior = member.posterior else { continue }
            for row in free.indices {
                for column in free.indices {
                    let scale = population.variance[row] * population.variance[column]
                    information[row, column] -= posterior[row, column] / scale
                }
                information[row, row] += 1 / population.variance[row]
            }
        }
        let covariance = information.cholesky()?.inverse()
        self.population = free.indices.map { k in
            let median =
                covariance.map {
                    ParameterEstimate(
                        free[k], coordinate: population.mean[k],
                        standardError: $0[k, k].squareRoot(), model.weighting)
                }
                ?? ParameterEstimate(
                    parameter: free[k],
                    value: free[k].value(population.mean[k], model.weighting),
                    standardError: nil, interval: nil)
            return PopulationEstimate(
                parameter: free[k], median: median, spread: population.variance[k].squareRoot())
        }
        self.model = model
        self.iterations = iterations
        self.hasConverged = hasConverged
        var sum = CompensatedSum()
        for member in members { sum.add(member.logMarginal) }
        logMarginalLikelihood = sum.value
        var individuals: [ChoiceAgent] = []
        for member in members {
            individuals.append(
                try ChoiceAgent(model: model, values: member.likelihood.values(member.point)))
        }
        self.individuals = individuals
    }
}
