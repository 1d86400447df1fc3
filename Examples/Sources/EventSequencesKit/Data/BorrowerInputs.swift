// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models

/// What each borrower's logs say on the day of the score, and who is trained on.
struct BorrowerInputs: Sendable {
    /// Windows of events up to the application, and where the loan stands at the score, as far as
    /// training rows have values, with the outcome.
    let windows: Table
    /// borrower, scored and outcome, for a pipeline that asks the network itself.
    let places: Table
    let network: DatedNetwork
    let networkFeatures = NetworkFeatures(
        [.degree, .pageRank, .componentSize], neighbourShrinkage: 2)
    /// Events as steps, purposes, places in the network, and income and age.
    let parts: FusionInputs
    let hasDefaulted: [Bool]
    /// The borrowers whose outcome was known when the first of the others was scored.
    let training: [Int]
    let test: [Int]

    /// The numbers of a step.
    ///
    /// None of them asks how far off the day of the score is, so that a
    /// score may follow each event.
    static let steps = EventSequence([
        .daysSincePrevious, .kind(SyntheticBorrowers.kinds), .number("amount", missing: 0),
        .number("days late", missing: 0),
    ])

    init(_ borrowers: SyntheticBorrowers) throws {
        let applications = borrowers.applications
        let dates = try AsOfDates(applications, account: "borrower", date: "scored")
        let log = try EventLog(
            borrowers.events, account: "borrower", date: "day", kind: "event")
        let histories = log.histories(asOf: dates)
        let schedule = try RepaymentSchedule(
            borrowers.instalments, account: "borrower", due: "due", amount: "amount",
            agreed: "agreed")
        places = try applications.selecting(["borrower", "scored", "outcome"])
        network = try DatedNetwork(
            linking: "borrower", of: applications, by: ["employer", "phone"], date: "applied",
            defaults: "defaulted", groupLimit: 200)
        hasDefaulted = try applications.labels("outcome", positive: "default")
        let scored = (0..<dates.count).map { dates.date($0) }
        let cut = scored[scored.count * 7 / 10]
        training = scored.indices.filter {
            scored[$0].days(until: cut) >= SyntheticBorrowers.outcomeDays
        }
        test = scored.indices.filter { scored[$0] >= cut }
        let before = try AsOfDates(applications, account: "borrower", date: "applied")
        let columns =
            try log.histories(asOf: before).features(SyntheticBorrowers.preLoan).columns
            + histories.inLoanFeatures(SyntheticBorrowers.inLoan, schedule: schedule).columns
        let rows = training
        windows = try Table(
            columns.filter { column in rows.count { !column.isMissing($0) } >= 20 }
                + [applications[column: "outcome"]])
        let own = ["income", "age"]
        let inclusive = try AsOfDates(
            applications, account: "borrower", date: "scored", boundary: .inclusive)
        let links = try network.columns(networkFeatures, asOf: inclusive)
        parts = try FusionInputs(
            sequences: histories.sequences(Self.steps),
            texts: applications[column: "purpose"].texts,
            network: Self.matrix(links, meansOf: training), networkNames: links.map(\.name),
            statics: Self.matrix(
                own.map { try applications[column: $0] }, meansOf: training), staticNames: own)
    }

    /// Columns as a matrix; a missing value becomes the mean of the training rows.
    private static func matrix(_ columns: [Column], meansOf rows: [Int]) -> Matrix<Double> {
        let filled = columns.map { column -> [Double] in
            let values = column.numbers ?? []
            let known = rows.map { values[$0] }.filter { !$0.isNaN }
            let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
            return values.map { $0.isNaN ? mean : $0 }
        }
        let count = filled.first?.count ?? 0
        return Matrix(
            rowCount: count, columnCount: columns.count,
            elements: (0..<count).flatMap { row in filled.map { $0[row] } })
    }
}
