// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("GR1: classifiers that see the network as of every row's day")
struct NetworkRecipeTests {
    /// Applicants on rising days whose default follows their employer's risk and their income.
    private static func applications(
        rows: Int, seed: UInt64
    ) throws -> Table {
        var stream = RandomStream(seed: seed)
        let employers = (0..<rows / 30).map { _ in stream.normal() }
        var (incomes, names, bad): ([Double?], [String?], [Bool]) = ([], [], [])
        for _ in 0..<rows {
            let (income, employer) = (stream.normal(), stream.integer(below: employers.count))
            incomes.append(income)
            names.append("\(employer)")
            bad.append(2 * employers[employer] - income + stream.normal() > 0.4)
        }
        let days = (0..<rows).map { CalendarDate(daysSince1970: 18_000 + $0 / 3) }
        return try Table([
            .text("borrower", (0..<rows).map { "b\($0)" }), .date("applied", days),
            .text("employer", names), .numeric("income", incomes),
            .date("defaulted", zip(days, bad).map { $1 ? $0?.adding(days: 20) : nil }),
            .categorical("bad", bad.map { $0 ? "yes" : "no" }),
        ])
    }

    private static func network(_ table: Table) throws -> DatedNetwork {
        try DatedNetwork(
            linking: "borrower", of: table, by: ["employer"], date: "applied",
            defaults: "defaulted", groupLimit: 1000)
    }

    private static func columns(_ table: Table) throws -> Table {
        try table.selecting(["borrower", "applied", "income", "bad"])
    }

    private static let base = Pipeline(.impute(.median), .standardise()).then(
        MultilayerPerceptronClassifier(
            hiddenLayers: [],
            training: NetworkTraining(
                epochLimit: 8, optimiser: .adam(learningRate: 0.02), seed: 1)))

    private static let recipe = base.joining(
        NetworkFeatures([.degree], neighbourShrinkage: 2), account: "borrower", date: "applied")

    private static func rows(_ table: Table, _ range: Range<Int>) -> Table {
        table.filter(mask: (0..<table.rowCount).map { range.contains($0) })
    }

    @Test("the neighbours' defaults of the time raise the area by DeLong's test")
    func worth() throws {
        let all = try Self.applications(rows: 900, seed: 4)
        let network = try Self.network(all)
        let (training, test) = (Self.rows(all, 0..<600), Self.rows(all, 600..<900))
        let with = try Self.recipe.fit(
            Self.columns(training), network: network, target: "bad", positive: "yes")
        let without = try Self.base.fit(
            training.selecting(["income", "bad"]), target: "bad", positive: "yes")
        let comparison = try AUCComparison(
            labels: test.labels("bad", positive: "yes"),
            first: with.probabilities(in: Self.columns(test), network: network),
            second: without.probabilities(in: test))
        #expect(
            comparison.first.auc > comparison.second.auc + 0.05 && comparison.pValue < 0.05,
            "\(comparison.first.auc) against \(comparison.second.auc)")
    }

    @Test("what becomes known after the fit changes neither features nor model")
    func noLeakage() throws {
        let all = try Self.applications(rows: 600, seed: 5)
        let early = Self.rows(all, 0..<300)
        let cut = try #require(early[column: "applied"].dates?[299])
        // The same rows, without the defaults that were not known yet.
        let known = try early[column: "defaulted"].dates.map { days in
            days.map { day in day.flatMap { $0 <= cut ? $0 : nil } }
        }
        var then = try early.removing(["defaulted"])
        try then.append(.date("defaulted", #require(known)))
        let (networkThen, networkNow) = (try Self.network(then), try Self.network(all))
        let columns = try Self.columns(early)
        let model = try Self.recipe.fit(
            columns, network: networkThen, target: "bad", positive: "yes")
        #expect(
            try model.joined(columns, network: networkNow)
                == model.joined(columns, network: networkThen))
        let again = try Self.recipe.fit(
            columns, network: networkNow, target: "bad", positive: "yes")
        #expect(again.fileBytes == model.fileBytes)
        #expect(
            try model.probabilities(in: columns, network: networkNow)
                == model.probabilities(in: columns, network: networkThen))
    }

    @Test("files round-trip, and forged ones are refused")
    func files() throws {
        let all = try Self.applications(rows: 200, seed: 6)
        let network = try Self.network(all)
        let model = try Self.recipe.fit(
            Self.columns(all), network: network, target: "bad", positive: "yes")
        typealias Recipe = NetworkRecipe<MultilayerPerceptronClassifier>
        typealias Model = NetworkModel<MultilayerPerceptronClassifier>
        #expect(try Recipe(fileBytes: Self.recipe.fileBytes) == Self.recipe)
        let read = try Model(fileBytes: model.fileBytes)
        #expect(read == model)
        #expect(
            try read.probabilities(in: Self.columns(all), network: network)
                == model.probabilities(in: Self.columns(all), network: network))
        let json = try JSONDecoder().decode(Model.self, from: JSONEncoder().encode(model))
        #expect(json == model)
        #expect(model.inputNames == ["borrower", "applied", "income"])
        checkSomeBytes(model)
    }

    @Test("bad input is refused with what is wrong")
    func refusals() throws {
        let all = try Self.applications(rows: 100, seed: 7)
        let network = try Self.network(all)
        let columns = try Self.columns(all)
        let noDate = modelError {
            _ = try Self.recipe.fit(
                columns.removing(["applied"]), network: network, target: "bad", positive: "yes")
        }
        #expect(noDate?.code == .features)
        #expect((noDate?.underlying as? FeatureError)?.code == .unknownColumn)
        var broken = Self.recipe
        broken.features.neighbourShrinkage = -1
        let shrinkage = modelError {
            _ = try broken.fit(columns, network: network, target: "bad", positive: "yes")
        }
        #expect((shrinkage?.underlying as? FeatureError)?.code == .invalidParameter)
        let stopped = modelError {
            _ = try Self.recipe.fit(
                columns, network: network, target: "bad", positive: "yes"
            ) { if $0.stage == "network" { $0.stop() } }
        }
        #expect(stopped?.code == .cancelled)
    }
}
