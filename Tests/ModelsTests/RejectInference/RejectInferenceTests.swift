// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RI1: outcomes of refused applications")
struct RejectInferenceTests {
    /// Applications whose risk rises with debt; a lender refuses most of those with much debt.
    private struct Lender {
        var accepted: Table
        var rejected: Table

        init(seed: UInt64 = 2) throws {
            var generator = TestGenerator(seed: seed)
            var rows: [(debt: Double, age: Double, isBad: Bool, isAccepted: Bool)] = []
            for _ in 0..<400 {
                let debt = Double.random(in: 0...1, using: &generator)
                let age = Double.random(in: 20...60, using: &generator).rounded()
                let isBad = Double.random(in: 0...1, using: &generator) < 0.1 + 0.6 * debt
                let isAccepted = Double.random(in: 0...1, using: &generator) < 1.1 - debt
                rows.append((debt, age, isBad, isAccepted))
            }
            let (yes, no) = (rows.filter(\.isAccepted), rows.filter { !$0.isAccepted })
            accepted = try Table([
                .numeric("debt", yes.map(\.debt)), .numeric("age", yes.map(\.age)),
                .categorical("outcome", yes.map { $0.isBad ? "bad" : "good" }),
            ])
            rejected = try Table([
                .numeric("age", no.map(\.age)), .numeric("debt", no.map(\.debt)),
            ])
        }
    }

    private let recipe = Pipeline(.standardise()).then(LogisticRegression(penalty: .l2(C: 10)))

    private func fit(
        _ method: RejectInference.Method, seed: UInt64 = 0, weights: [Double]? = nil
    ) throws -> (RejectInferenceFit<PipelineModel<LogisticRegression>>, Lender) {
        let lender = try Lender()
        return (
            try RejectInference(method, seed: seed).fit(
                recipe, accepted: lender.accepted, rejected: lender.rejected, target: "outcome",
                positive: "bad", weights: weights), lender
        )
    }

    private func outcomes(_ table: Table) throws -> [Bool] {
        try table.labels("outcome", positive: "bad")
    }

    @Test("a hard cut-off labels refused ones by the first model")
    func hardCutoff() throws {
        let (fit, lender) = try fit(.hardCutoff(threshold: 0.4))
        let known = try recipe.fit(lender.accepted, target: "outcome", positive: "bad")
        #expect(fit.knownModel == known)
        let expected =
            try outcomes(lender.accepted)
            + known.probabilities(in: lender.rejected).map { $0 >= 0.4 }
        #expect(try outcomes(fit.table) == expected)
        #expect(fit.weights.allSatisfy { $0 == 1 })
        #expect(fit.isRejected.count { $0 } == lender.rejected.rowCount)
        #expect(
            try recipe.fit(fit.table, target: "outcome", positive: "bad") == fit.model)
        #expect(fit.rejectedRate! > fit.acceptedRate!)
    }

    @Test("fuzzy rows share a refused one's weight by its probability")
    func fuzzy() throws {
        let (fit, lender) = try fit(.fuzzy(factor: 1.2))
        let risks = try fit.knownModel.probabilities(in: lender.rejected).map { min(1, 1.2 * $0) }
        let rejected = fit.weights.indices.filter { fit.isRejected[$0] }
        let shares: [Double] = risks.flatMap { [$0, 1 - $0] }
        #expect(rejected.map { fit.weights[$0] } == shares.filter { $0 > 0 })
        expectClose(
            fit.rejectedRate!, risks.reduce(0, +) / Double(risks.count), relative: 1e-12)
        #expect(
            try recipe.fit(
                fit.table, target: "outcome", positive: "bad", weights: fit.weights) == fit.model)
    }

    @Test("augmentation: accepted ones stand for all in their band of acceptance")
    func augmentation() throws {
        let weights = (0..<(try Lender().accepted.rowCount)).map { $0 % 5 == 0 ? 2.0 : 1 }
        let (fit, lender) = try fit(.augmentation(bandCount: 4), weights: weights)
        #expect(!fit.isRejected.contains(true))
        #expect(fit.rejectedRate == nil)
        let total = weights.reduce(0, +) + Double(lender.rejected.rowCount)
        expectClose(fit.weights.reduce(0, +), total, relative: 1e-12)
        // Much debt was accepted rarely, so those who were count more.
        let debts = try #require(try fit.table[column: "debt"].numbers)
        let factors = zip(fit.weights, weights).map { $0 / $1 }
        let (much, little) = (
            zip(debts, factors).filter { $0.0 > 0.8 }.map(\.1).max()!,
            zip(debts, factors).filter { $0.0 < 0.2 }.map(\.1).max()!
        )
        #expect(much > 2 && little < 1.5)
        // In every band of equal factors the weights sum to those of all applications.
        for factor in Set(factors.map { ($0 * 1e9).rounded() / 1e9 }) {
            let own = zip(factors, weights).filter { abs($0.0 - factor) < 1e-8 }.map(\.1)
            let all = own.reduce(0, +) * factor
            expectClose(all, all.rounded(), absolute: 1e-6)
        }
    }

    @Test("parcelling: each band of refused ones has the accepted ones' share, at random")
    func parcelling() throws {
        let (fit, lender) = try fit(.parcelling(bandCount: 1, factor: 1.5), seed: 4)
        let rate = try outcomes(lender.accepted).count { $0 }
        let expected =
            (1.5 * Double(rate) / Double(lender.accepted.rowCount)
            * Double(lender.rejected.rowCount)).rounded()
        expectClose(
            fit.rejectedRate!, expected / Double(lender.rejected.rowCount), relative: 1e-12)
        let (again, _) = try self.fit(.parcelling(bandCount: 1, factor: 1.5), seed: 4)
        let (other, _) = try self.fit(.parcelling(bandCount: 1, factor: 1.5), seed: 5)
        #expect(again.model == fit.model && other.model != fit.model)
        #expect(again.table == fit.table && other.table != fit.table)
        let (bands, _) = try self.fit(.parcelling(bandCount: 5))
        #expect(bands.rejectedRate! > bands.acceptedRate!)
    }

    @Test("extrapolation goes on where acceptance ends")
    func extrapolation() throws {
        let (fit, lender) = try fit(.extrapolation)
        #expect(fit.rejectedRate! > fit.acceptedRate!)
        #expect(fit.rejectedRate! < 1)
        let rejected = fit.weights.indices.filter { fit.isRejected[$0] }
        #expect(rejected.count == 2 * lender.rejected.rowCount)
        for pair in stride(from: 0, to: rejected.count, by: 2) {
            expectClose(
                fit.weights[rejected[pair]] + fit.weights[rejected[pair + 1]], 1, absolute: 1e-15)
        }
    }

    @Test("scorecards are inferred with too")
    func scorecard() throws {
        let lender = try Lender()
        let fit = try RejectInference(.fuzzy()).fit(
            Scorecard(), accepted: lender.accepted, rejected: lender.rejected, target: "outcome",
            positive: "bad")
        #expect(fit.model.variables.map(\.name).contains("debt"))
        #expect(fit.model.digest != fit.knownModel.digest)
    }

    @Test("bad values, no refused ones and other columns are refused")
    func refusals() throws {
        let lender = try Lender()
        func code(_ method: RejectInference.Method, _ rejected: Table) -> ModelError.Code? {
            modelError {
                _ = try RejectInference(method).fit(
                    recipe, accepted: lender.accepted, rejected: rejected, target: "outcome",
                    positive: "bad")
            }?.code
        }
        for method in [
            RejectInference.Method.hardCutoff(threshold: 1.5), .fuzzy(factor: 0),
            .fuzzy(factor: .nan), .parcelling(bandCount: 0), .parcelling(factor: -1),
            .augmentation(bandCount: 0),
        ] {
            #expect(code(method, lender.rejected) == .invalidRecipe)
        }
        #expect(code(.fuzzy(), lender.rejected[rows: []]) == .empty)
        #expect(code(.fuzzy(), try lender.rejected.removing(["age"])) == .features)
        #expect(
            modelError {
                _ = try RejectInference(.fuzzy()).fit(
                    recipe, accepted: lender.accepted, rejected: lender.rejected,
                    target: "outcome", positive: "bad"
                ) { $0.stop() }
            }?.code == .cancelled)
    }
}
