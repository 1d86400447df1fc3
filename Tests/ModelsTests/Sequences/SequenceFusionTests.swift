// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

/// Applicants whose default depends alike on their payments, on what they write, on the employer
/// whom they share with others, and on a number of their own.
private struct Applicants {
    let sequences: SequenceBatch
    let text: Matrix<Double>
    let network: Matrix<Double>
    let own: Matrix<Double>
    let defaulted: [Bool]

    /// The labels of the rows from `trainingCount` on are not known to the network.
    init(rows: Int, trainingCount: Int, seed: UInt64) throws {
        var stream = RandomStream(seed: seed)
        let employers = (0..<rows / 10).map { _ in stream.normal() }
        let bad = ["urgent", "debt", "arrears", "overdue"]
        let good = ["salary", "savings", "house", "garden"]
        var (elements, offsets, defaulted): ([Double], [Int], [Bool]) = ([], [0], [])
        var (notes, own): ([String?], [Double]) = ([], [])
        var employerOfRow: [String?] = []
        for _ in 0..<rows {
            let (payments, mood, number) = (stream.normal(), stream.normal(), stream.normal())
            let employer = stream.integer(below: employers.count)
            for _ in 0..<3 + stream.integer(below: 5) {
                elements += [payments + stream.normal(), stream.normal()]
            }
            offsets.append(elements.count / 2)
            let words = (0..<8).map { _ in
                let isBad = stream.normal() < mood
                return (isBad ? bad : good)[stream.integer(below: 4)]
            }
            notes.append(words.joined(separator: " "))
            employerOfRow.append("\(employer)")
            own.append(number)
            let risk = payments + mood + 1.5 * employers[employer] + number
            defaulted.append(1.2 * risk + stream.normal() > 0.5)
        }
        self.defaulted = defaulted
        sequences = try SequenceBatch(
            elements: elements, offsets: offsets, names: ["late", "amount"])
        text = try HashingVectoriser(columnCount: 32).transform(notes).dense()
        let table = try Table([
            .text("account", (0..<rows).map { "\($0)" }), .text("employer", employerOfRow),
        ])
        let links = try AssociationNetwork(
            linking: "account", of: table, by: ["employer"], groupLimit: 100)
        // A row's own label is in none of its features, and those of test rows are in none at all.
        let rates = try links.neighbourDefaultRates(
            defaulted.indices.map { $0 < trainingCount ? defaulted[$0] : nil }, shrinkage: 2)
        network = Matrix(
            rowCount: rows, columnCount: 2,
            elements: zip(rates, links.degrees).flatMap { [$0, Double($1)] })
        self.own = Matrix(rowCount: rows, columnCount: 1, elements: own)
    }

    /// Sequences, or none at any row, with the given static columns.
    func inputs(_ hasSequences: Bool, _ statics: [Matrix<Double>]) throws -> SequenceInputs {
        let none = try SequenceBatch(
            elements: [], offsets: [Int](repeating: 0, count: defaulted.count + 1),
            names: sequences.names)
        let joined = (0..<defaulted.count).flatMap { row in
            statics.flatMap { part in (0..<part.columnCount).map { part[row, $0] } }
        }
        return try SequenceInputs(
            hasSequences ? sequences : none,
            statics: Matrix(
                rowCount: defaulted.count, columnCount: joined.count / defaulted.count,
                elements: joined))
    }
}

@Suite("TX1, GR1, LS1: sequences, text, network and own numbers together")
struct SequenceFusionTests {
    @Test("the fusion is better than each part alone by DeLong's test")
    func fusion() throws {
        let (rows, trainingCount) = (1400, 900)
        let sample = try Applicants(rows: rows, trainingCount: trainingCount, seed: 31)
        let recipe = SequenceClassifier(
            SequenceNetwork(.lstm, hiddenCount: 8, pooling: .mean, denseCounts: [8]),
            training: NetworkTraining(
                epochLimit: 12, batchSize: 50,
                optimiser: .adamW(learningRate: 0.01, weightDecay: 0.05), gradientNormLimit: 5,
                seed: 2))
        let (training, test) = (Array(0..<trainingCount), Array(trainingCount..<rows))
        func scores(_ inputs: SequenceInputs) throws -> [Double] {
            let model = try recipe.fit(
                inputs[rows: training],
                labels: ClassLabels(training.map { sample.defaulted[$0] }))
            return try model.probabilities(inputs[rows: test])
        }
        let labels = test.map { sample.defaulted[$0] }
        let fusion = try scores(
            sample.inputs(true, [sample.text, sample.network, sample.own]))
        let parts: [(String, SequenceInputs)] = [
            ("sequence", try sample.inputs(true, [])),
            ("text", try sample.inputs(false, [sample.text])),
            ("network", try sample.inputs(false, [sample.network])),
            ("own numbers", try sample.inputs(false, [sample.own])),
            ("sequence and own numbers", try sample.inputs(true, [sample.own])),
        ]
        for (name, inputs) in parts {
            let comparison = try AUCComparison(
                labels: labels, first: fusion, second: scores(inputs))
            #expect(comparison.second.auc > 0.6, "\(name): \(comparison.second.auc)")
            #expect(
                comparison.first.auc > comparison.second.auc && comparison.pValue < 0.05,
                "\(name): \(comparison.second.auc) against \(comparison.first.auc)")
        }
    }
}
