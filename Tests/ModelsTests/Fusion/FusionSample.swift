// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models

/// Applicants whose default depends alike on their payments, on what they write, on the employer
/// whom they share with others, and on a number of their own.
struct FusionSample {
    let inputs: FusionInputs
    let defaulted: [Bool]
    let labels: ClassLabels

    /// One applicant a day; defaults become known 30 days after the application.
    init(rows: Int, seed: UInt64) throws {
        var stream = RandomStream(seed: seed)
        let employers = (0..<rows / 12).map { _ in stream.normal() }
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
            let risk = payments + mood + 1.6 * employers[employer] + number
            defaulted.append(1.2 * risk + stream.normal() > 0.5)
        }
        let days = (0..<rows).map { CalendarDate(daysSince1970: 18_000 + $0) }
        let table = try Table([
            .text("account", (0..<rows).map { "\($0)" }), .text("employer", employerOfRow),
            .date("day", days),
            .date("default", zip(days, defaulted).map { $1 ? $0?.adding(days: 30) : nil }),
        ])
        let network = try DatedNetwork(
            linking: "account", of: table, by: ["employer"], date: "day", defaults: "default",
            groupLimit: 100)
        let columns = try network.columns(
            NetworkFeatures([.degree], neighbourShrinkage: 2),
            asOf: AsOfDates(table, account: "account", date: "day", boundary: .inclusive))
        let places = columns.map { column in (column.numbers ?? []).map { $0.isNaN ? 0.3 : $0 } }
        inputs = try FusionInputs(
            sequences: SequenceBatch(
                elements: elements, offsets: offsets, names: ["late", "amount"]),
            texts: notes,
            network: Matrix(
                rowCount: rows, columnCount: 2,
                elements: (0..<rows).flatMap { row in places.map { $0[row] } }),
            networkNames: columns.map(\.name),
            statics: Matrix(rowCount: rows, columnCount: 1, elements: own), staticNames: ["own"])
        self.defaulted = defaulted
        labels = ClassLabels(defaulted, negative: "paid", positive: "default")
    }

    /// A recipe that is trained in a moment.
    static func recipe(
        epochs: Int = 3, pooling: SequencePooling = .mean, isBidirectional: Bool = false,
        dropout: Double = 0, earlyStopping: EarlyStopping? = nil, learningRate: Double = 0.01
    ) -> FusionClassifier {
        FusionClassifier(
            sequences: SequenceNetwork(
                .lstm, hiddenCount: 6, isBidirectional: isBidirectional, pooling: pooling,
                dropout: dropout),
            texts: TextNetwork(layers: [HiddenLayer(5, dropout: dropout)]),
            networkLayers: [HiddenLayer(3, normalisation: .batch)],
            hiddenLayers: [HiddenLayer(8)],
            training: NetworkTraining(
                epochLimit: epochs, batchSize: 40,
                optimiser: .adamW(learningRate: learningRate, weightDecay: 0.05),
                gradientNormLimit: 5, earlyStopping: earlyStopping, seed: 3))
    }
}
