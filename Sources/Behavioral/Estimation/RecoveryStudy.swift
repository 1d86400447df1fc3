// SPDX-License-Identifier: Apache-2.0

/// Whether a fit finds the preferences that choices were simulated with.
///
/// Each run draws problems and choices from a stream of its own, fits the agent's model to them,
/// and compares: a study says how many choices it takes before estimates, and their intervals, can
/// be trusted.
///
/// ```swift
/// let study = try RecoveryStudy(agent: agent, choicesPerRun: 1500, runs: 500, seed: 1)
/// let report = try study.run()
/// report.parameters.map(\.coverage)       // about 0.95 each
/// ```
public struct RecoveryStudy: Hashable, Sendable {
    /// Who chooses.
    public let agent: ChoiceAgent

    /// The number of choices in each run, positive.
    public let choicesPerRun: Int

    /// The number of runs, positive.
    public let runs: Int

    /// How large outcomes are, at least 10; see
    /// ``ChoiceProblem/random(count:largestOutcome:using:)``.
    public let largestOutcome: Int

    /// The seed of everything random.
    public let seed: UInt64

    /// Describes a study.
    ///
    /// - Throws: ``BehavioralError`` for a number outside its range.
    public init(
        agent: ChoiceAgent, choicesPerRun: Int, runs: Int, largestOutcome: Int = 100, seed: UInt64
    ) throws(BehavioralError) {
        guard choicesPerRun > 0, runs > 0, largestOutcome >= 10 else {
            throw BehavioralError(
                .invalidParameter,
                "\(choicesPerRun) choices in each of \(runs) runs, outcomes up to "
                    + "\(largestOutcome)")
        }
        self.largestOutcome = largestOutcome
        self.agent = agent
        self.choicesPerRun = choicesPerRun
        self.runs = runs
        self.seed = seed
    }

    /// The choices of one run, the same for the same seed and index on every machine.
    ///
    /// - Precondition: `index` is in `0..<runs`.
    /// - Throws: ``BehavioralError`` with code `invalidChoice` for an agent with Luce's rule.
    public func choices(ofRun index: Int) throws(BehavioralError) -> [RiskyChoice] {
        precondition((0..<runs).contains(index), "run \(index) of \(runs)")
        var generator = SplitMix64(seed: seed, stream: UInt64(index))
        let problems = ChoiceProblem.random(
            count: choicesPerRun, largestOutcome: largestOutcome, using: &generator)
        return try agent.choose(among: problems, using: &generator)
    }

    /// Fits every run.
    ///
    /// - Parameter progress: Hears the number of runs that are done.
    /// - Throws: As ``choices(ofRun:)`` and ``PreferenceModel/fit(_:)``.
    public func run(
        progress: ((Int) -> Void)? = nil
    ) throws(BehavioralError) -> RecoveryReport {
        var fits: [PreferenceFit] = []
        for index in 0..<runs {
            fits.append(try agent.model.fit(choices(ofRun: index)))
            progress?(index + 1)
        }
        return RecoveryReport(agent, fits)
    }
}

/// How well one parameter is found.
public struct ParameterRecovery: Hashable, Codable, Sendable {
    /// Which one.
    public let parameter: PreferenceParameter
    /// The value that choices were simulated with.
    public let truth: Double
    /// The mean estimate.
    public let mean: Double
    /// The square root of the mean squared error of the estimates.
    public let rootMeanSquaredError: Double
    /// The mean standard error, over the runs that have one.
    public let meanStandardError: Double
    /// The share of runs whose 95 % interval holds the truth; runs without one count as misses.
    public let coverage: Double
}

/// What a ``RecoveryStudy`` found.
public struct RecoveryReport: Hashable, Codable, Sendable {
    /// The free parameters, in the order of ``PreferenceModel/freeParameters``.
    public let parameters: [ParameterRecovery]

    /// The number of runs.
    public let runs: Int

    /// The number of runs that came to rest with a standard error for every parameter.
    public let identifiedRuns: Int

    init(_ agent: ChoiceAgent, _ fits: [PreferenceFit]) {
        let count = Double(fits.count)
        runs = fits.count
        identifiedRuns = fits.count { $0.hasConverged && $0.covariance != nil }
        parameters = agent.model.freeParameters.map { parameter in
            let truth = agent.values[parameter] ?? 0
            let estimates = fits.compactMap { $0[parameter] }
            let errors = estimates.compactMap(\.standardError)
            return ParameterRecovery(
                parameter: parameter, truth: truth,
                mean: estimates.reduce(0) { $0 + $1.value } / count,
                rootMeanSquaredError: (estimates.reduce(0) {
                    $0 + ($1.value - truth) * ($1.value - truth)
                } / count).squareRoot(),
                meanStandardError: errors.reduce(0, +) / Double(max(errors.count, 1)),
                coverage: Double(estimates.count { $0.interval?.contains(truth) ?? false })
                    / count)
        }
    }
}

extension ChoiceProblem {
    /// Draws problems such as experiments use: pairs of gambles with two outcomes each, in turn
    /// between gains, between losses, and mixed.
    ///
    /// Outcomes are whole numbers up to `largestOutcome`, probabilities whole hundredths from 5 to
    /// 95. Problems of which one side dominates the other say little of preferences and are drawn
    /// again.
    /// - Precondition: `count` is not negative and `largestOutcome` at least 10.
    public static func random(
        count: Int, largestOutcome: Int = 100, using generator: inout some RandomNumberGenerator
    ) -> [ChoiceProblem] {
        precondition(
            count >= 0 && largestOutcome >= 10,
            "\(count) problems with outcomes up to \(largestOutcome)")
        func gamble(_ kind: Int) -> Prospect? {
            let first = Double(Int.random(in: 1...largestOutcome, using: &generator))
            let second = Double(Int.random(in: 0..<largestOutcome, using: &generator))
            let probability = Double(Int.random(in: 5...95, using: &generator)) / 100
            let outcomes =
                kind == 0 ? [first, second] : kind == 1 ? [-first, -second] : [first, -second]
            return try? Prospect(
                outcomes: outcomes, probabilities: [probability, 1 - probability])
        }
        var problems: [ChoiceProblem] = []
        problems.reserveCapacity(count)
        while problems.count < count {
            guard let first = gamble(problems.count % 3), let second = gamble(problems.count % 3),
                first != second, !first.dominates(second), !second.dominates(first)
            else { continue }
            problems.append(ChoiceProblem(first, second))
        }
        return problems
    }
}

/// A small generator, the same on every machine.
///
/// G. Steele, D. Lea, C. Flood, OOPSLA 2014, https://doi.org/10.1145/2660193.2660195.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// A stream of its own for every seed and number.
    init(seed: UInt64, stream: UInt64) {
        state = seed
        let mixed = next()
        state = mixed ^ (stream &* 0xD134_2543_DE82_EF95)
        state = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
