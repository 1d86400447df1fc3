// SPDX-License-Identifier: Apache-2.0

public import ReportKit

/// The loans of one age group or job: how many, how many went bad, and how large they were.
public struct AmountGroup: Codable, Hashable, Sendable {
    /// The group's name on the axis.
    public var name: String
    /// How many loans there are.
    public var count: Int
    /// How many of them went bad.
    public var defaults: Int
    /// How many are above the upper quartile of all amounts.
    public var highAmounts: Int
    /// How many of those went bad.
    public var defaultsOfHighAmounts: Int
    /// The median amount of all loans of the group, 0 for none.
    public var medianOfAll: Double
    /// The amounts of the loans that were repaid.
    public var good: BoxSummary?
    /// The amounts of the loans that were not.
    public var bad: BoxSummary?

    /// The share of loans that went bad.
    public var defaultRate: Double { Double(defaults) / Double(count) }

    init(_ name: String, _ loans: LoanOutcomes, highAmount: Double, where isIn: (Int) -> Bool) {
        let members = loans.amounts.indices.filter(isIn)
        let isHigh = { (loan: Int) in loans.amounts[loan] > highAmount }
        self.name = name
        count = members.count
        defaults = members.count { loans.defaults[$0] }
        highAmounts = members.count(where: isHigh)
        defaultsOfHighAmounts = members.count { isHigh($0) && loans.defaults[$0] }
        medianOfAll = BoxSummary(members.map { loans.amounts[$0] })?.median ?? 0
        good = BoxSummary(members.filter { !loans.defaults[$0] }.map { loans.amounts[$0] })
        bad = BoxSummary(members.filter { loans.defaults[$0] }.map { loans.amounts[$0] })
    }
}

/// The numbers of paper 004's Figures 4 and 5.
///
/// Age groups are open below and closed above: (20, 30], (30, 40], (40, 60] and (60, 80], the
/// default of `pandas.cut`. The paper does not say which side is closed.
public struct AmountFigures: Codable, Hashable, Sendable {
    /// Figure 4: by age.
    public var ages: [AmountGroup]
    /// Figure 5: by job, 0 to 3.
    public var jobs: [AmountGroup]
    /// How many loans belong to no age group.
    public var outsideAgeGroups: Int
    /// The upper quartile of all amounts.
    public var highAmount: Double

    /// The borders of the age groups; the upper one belongs to the group.
    public static let ageEdges = [20.0, 30, 40, 60, 80]

    /// Groups the loans.
    public init(_ loans: LoanOutcomes) {
        let highAmount = BoxSummary(loans.amounts)?.upperQuartile ?? 0
        self.highAmount = highAmount
        ages = zip(Self.ageEdges, Self.ageEdges.dropFirst()).map { lower, upper in
            AmountGroup("\(Int(lower))-\(Int(upper))", loans, highAmount: highAmount) {
                loans.ages[$0] > lower && loans.ages[$0] <= upper
            }
        }
        jobs = (0...3).map { job in
            AmountGroup("\(job)", loans, highAmount: highAmount) { loans.jobs[$0] == job }
        }
        outsideAgeGroups = loans.ages.count - ages.reduce(0) { $0 + $1.count }
    }

    /// Figure 4 or 5 as the series of a chart.
    static func plot(_ groups: [AmountGroup], title: String, unit: String) -> BoxPlot {
        BoxPlot(
            groupTitle: title, axisTitle: unit.isEmpty ? "amount" : "credit amount (\(unit))",
            groups: groups.map(\.name),
            series: [
                BoxPlot.Series("repaid", .good, groups.map(\.good)),
                BoxPlot.Series("defaulted", .bad, groups.map(\.bad)),
            ])
    }
}
