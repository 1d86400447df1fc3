// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import Foundation
public import Lending

/// The loans that the network scores: real ones from a file, or invented ones.
public struct LoanBook: Sendable {
    /// One row per applicant, the outcome among the columns.
    public var table: Table
    /// The column that says how a loan ended.
    public var target: String
    /// Its value for a default.
    public var positive: String
    /// Whether each loan defaulted.
    public var defaults: [Bool]
    /// Where the loans come from, for the report.
    public var origin: String
    /// Ages, jobs and amounts.
    public var outcomes: LoanOutcomes
    /// The best AUC that any score of these columns can have in expectation, where it is known.
    public var optimalAUC: Double?

    /// Reads German credit in the Statlog format.
    ///
    /// - Throws: `FeatureError` naming the file, the line, the record, the column and the value.
    public init(german file: URL) throws(FeatureError) {
        let table = try Table(csv: file, schema: .germanCredit)
        let defaults = try table.labels("class", positive: "2", negative: "1")
        self.table = table
        self.defaults = defaults
        target = "class"
        positive = "2"
        origin = "\(file.lastPathComponent), Statlog German credit (doi:10.24432/C5NC77)"
        outcomes = LoanOutcomes(
            ages: try table[column: "age"].numbers ?? [],
            // The levels A171 to A174 stand in the order of the jobs 0 to 3.
            jobs: (try table[column: "job"].codes ?? []).map(Int.init),
            amounts: try table[column: "credit_amount"].numbers ?? [], defaults: defaults,
            origin: file.lastPathComponent, isPapersData: true, unit: "DM")
    }

    /// Takes an invented book, without its sentences and its network, which the example's model
    /// does not read.
    ///
    /// - Throws: `FeatureError` never in practice: the book's columns fit each other.
    public init(_ book: SyntheticLoanBook) throws(FeatureError) {
        table = try book.table().removing([SyntheticLoanBook.textColumn])
        target = SyntheticLoanBook.targetColumn
        positive = SyntheticLoanBook.positiveLabel
        defaults = book.labels
        origin = "an invented book of \(book.count) loans, seed \(book.seed); nobody in it exists"
        outcomes = LoanOutcomes(
            ages: book.loans.map { Double($0.application.age) },
            jobs: book.loans.map(\.application.job.rawValue),
            amounts: book.loans.map { Double($0.application.creditAmount) },
            defaults: book.labels, origin: "the invented book", isPapersData: false, unit: "")
        optimalAUC = book.bayesOptimalAUC(
            of: [
                .application, .basicInformation, .repaymentAbility, .badCreditHistory,
                .externalCreditStatus,
            ])
    }

    /// The Kaggle variant beside a German credit file, if it is there.
    public static func riskFile(beside data: URL) -> URL? {
        let folder = data.standardizedFileURL.deletingLastPathComponent()
        let name = "german_credit_data.csv"
        let places = [
            folder.deletingLastPathComponent().appending(path: "german_kaggle_risk/\(name)"),
            folder.appending(path: name),
        ]
        return places.first { FileManager.default.fileExists(atPath: $0.path) }
    }
}
