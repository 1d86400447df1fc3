// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import Foundation

/// Per loan the applicant's age and job, the amount and the outcome.
///
/// Figures 4 and 5 of paper 004 are drawn from these.
public struct LoanOutcomes: Sendable, Equatable {
    /// Ages in years.
    public var ages: [Double]
    /// Jobs: 0 unskilled and not resident, 1 unskilled and resident, 2 skilled, 3 highly skilled.
    public var jobs: [Int]
    /// Credit amounts.
    public var amounts: [Double]
    /// Whether the loan went bad.
    public var defaults: [Bool]
    /// Where the loans come from.
    public var origin: String
    /// Whether these are the loans that the paper drew its figures from.
    public var isPapersData: Bool
    /// The currency of the amounts.
    public var unit: String

    /// Lines loans up.
    /// - Precondition: all columns have the same count.
    public init(
        ages: [Double], jobs: [Int], amounts: [Double], defaults: [Bool], origin: String,
        isPapersData: Bool, unit: String
    ) {
        precondition(
            [ages.count, jobs.count, amounts.count].allSatisfy { $0 == defaults.count },
            """
            \(ages.count) ages, \(jobs.count) jobs, \(amounts.count) amounts, \
            \(defaults.count) outcomes
            """)
        self.ages = ages
        self.jobs = jobs
        self.amounts = amounts
        self.defaults = defaults
        self.origin = origin
        self.isPapersData = isPapersData
        self.unit = unit
    }

    /// Reads the Kaggle variant of German credit with its `Risk` column, the paper's own source.
    ///
    /// - Throws: `FeatureError` naming the file, the line, the record, the column and the value.
    public init(kaggle file: URL) throws(FeatureError) {
        let table = try Table(csv: file, schema: .germanCreditRisk)
        self.init(
            ages: try table[column: "Age"].numbers ?? [],
            jobs: (try table[column: "Job"].codes ?? []).map(Int.init),
            amounts: try table[column: "Credit amount"].numbers ?? [],
            defaults: try table.labels("Risk", positive: "bad", negative: "good"),
            origin: file.lastPathComponent, isPapersData: true, unit: "DM")
    }
}
