// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

extension SyntheticLoanBook {
    /// The highest AUC that any score made from `parts` can have in expectation.
    ///
    /// Best is to rank by `P(default | parts)`. That probability rises with the sum of the parts'
    /// effects, whose distribution among defaulters and others follows exactly, by convolution,
    /// from the tables the book is drawn from. No sampling is involved; the value depends on
    /// ``defaultRate`` and not on the seed or the count. Of no part it is 0.5.
    ///
    /// A score on a finite book scatters around its expectation with the sampling error of its AUC.
    ///
    /// - Complexity: O(m * n) for m known and n unknown values of the log-odds, a few hundred each.
    public func bayesOptimalAUC(of parts: Set<LoanBookPart>) -> Double {
        design.view(of: Self.components(of: parts)).areaUnderCurve
    }

    /// The true probability of default of each loan given `parts` only.
    ///
    /// Of all parts it is the probability that the outcome was drawn with; of none it is
    /// ``defaultRate`` for everyone.
    ///
    /// - Complexity: As ``bayesOptimalAUC(of:)``, and O(count).
    public func defaultProbabilities(given parts: Set<LoanBookPart>) -> [Double] {
        let components = Self.components(of: parts)
        let view = design.view(of: components)
        return loans.indices.map { row in
            let sum = components.reduce(0) {
                $0 + effects(of: $1, row: row).reduce(0) { $0 + Int($1) }
            }
            return view.defaultProbabilities[sum - view.sums.lowest]
        }
    }

    /// The true drivers of `parts`: per loan, what each visible quantity adds to the log-odds.
    ///
    /// A linear logistic model of all drivers with every weight 1 is the law of the book. The names
    /// are those of the table's columns where there is one, else of the quantity (`greeting`,
    /// `reason`, `plan`, and the kinds of ties).
    ///
    /// - Returns: The names, and a matrix (loans x names) in units of log-odds.
    public func drivers(
        of parts: Set<LoanBookPart>
    ) -> (names: [String], matrix: Matrix<Double>) {
        let known = Self.components(of: parts)
        let components = LogOddsComponent.allCases.filter(known.contains)
        let names = components.flatMap(\.driverNames)
        var elements: [Double] = []
        elements.reserveCapacity(count * names.count)
        for row in loans.indices {
            for component in components {
                for effect in effects(of: component, row: row) {
                    elements.append(Double(effect) / 100)
                }
            }
        }
        return (
            names, Matrix(rowCount: count, columnCount: names.count, elements: elements)
        )
    }

    private func effects(of component: LogOddsComponent, row: Int) -> ArraySlice<Int16> {
        let width = component.driverNames.count
        return effects[component, default: []][row * width..<(row + 1) * width]
    }

    private static func components(of parts: Set<LoanBookPart>) -> Set<LogOddsComponent> {
        parts.reduce(into: []) { $0.formUnion($1.components) }
    }
}

extension LogOddsComponent {
    /// The names of the quantities behind the component's effects.
    fileprivate var driverNames: [String] {
        switch self {
        case .application: ApplicationDesign.driverNames
        case .purpose: ["purpose"]
        case .basicInformation: IndicatorDesign.basicInformation.indicators.map(\.name)
        case .repaymentAbility: IndicatorDesign.repaymentAbility.indicators.map(\.name)
        case .badCreditHistory: BadHistoryDesign.driverNames
        case .externalCreditStatus: IndicatorDesign.externalCreditStatus.indicators.map(\.name)
        case .words: PurposeSentence.driverNames
        case .network: NetworkDesign.all.map(\.kind.rawValue)
        }
    }
}
