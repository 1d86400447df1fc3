// SPDX-License-Identifier: Apache-2.0

/// The law behind a synthetic book: the exact distribution of each component of the log-odds, and
/// the function that turns their sum into a probability of default.
struct LoanBookDesign {
    let logistic: LatticeLogistic

    /// The law with a mean probability of default of `defaultRate`.
    init(defaultRate: Double) {
        logistic = LatticeLogistic(rate: defaultRate, over: Self.total)
    }

    private static let distributions = Dictionary(
        uniqueKeysWithValues: LogOddsComponent.allCases.map { ($0, distribution(of: $0)) })

    private static let total = sum(of: Set(LogOddsComponent.allCases))

    private static func distribution(of component: LogOddsComponent) -> LogOddsDistribution {
        switch component {
        case .application: ApplicationDesign.distribution
        case .purpose: ApplicationDesign.purposeDistribution
        case .basicInformation: IndicatorDesign.basicInformation.distribution
        case .repaymentAbility: IndicatorDesign.repaymentAbility.distribution
        case .badCreditHistory: BadHistoryDesign.distribution
        case .externalCreditStatus: IndicatorDesign.externalCreditStatus.distribution
        case .words: PurposeSentence.distribution
        case .network: NetworkDesign.distribution
        }
    }

    private static func sum(of components: Set<LogOddsComponent>) -> LogOddsDistribution {
        // A fixed order, because sums of floating-point numbers depend on it.
        LogOddsComponent.allCases.filter(components.contains)
            .compactMap { distributions[$0] }
            .reduce(.zero) { $0.convolved(with: $1) }
    }

    /// What is known when `components` are known: the distribution of their sum, and the
    /// probability of default given each sum.
    ///
    /// The components are independent of each other, so `P(default | known)` is the mean of the
    /// logistic function over the distribution of all that is not known.
    struct View {
        let sums: LogOddsDistribution
        /// The probability of default at `sums.lowest + index`; rises with the index.
        let defaultProbabilities: [Double]
    }

    func view(of components: Set<LogOddsComponent>) -> View {
        let known = Self.sum(of: components)
        let unknown = Self.sum(of: Set(LogOddsComponent.allCases).subtracting(components))
        let probabilities = known.probabilities.indices.map { index in
            logistic.meanProbability(hundredths: known.lowest + index, plus: unknown)
        }
        return View(sums: known, defaultProbabilities: probabilities)
    }
}

extension LoanBookDesign.View {
    /// The area under the ROC curve when applicants are ranked by the probability of default, ties
    /// counting one half.
    var areaUnderCurve: Double {
        var defaulters = 0.0
        var others = 0.0
        var concordant = 0.0
        for (mass, probability) in zip(sums.probabilities, defaultProbabilities) {
            let bad = mass * probability
            let good = mass - bad
            concordant += bad * (others + good / 2)
            defaulters += bad
            others += good
        }
        return concordant / (defaulters * others)
    }
}
