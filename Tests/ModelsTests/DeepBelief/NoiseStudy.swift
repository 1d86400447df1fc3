// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import _CreditTestSupport

/// The comparison of Zhong's paper, a deep belief network beside a support vector machine, with
/// test rows as they are, with noise and with missing values.
struct NoiseStudy {
    /// What is done to the test rows.
    enum Disturbance: Hashable {
        case none
        /// Normal noise of this deviation, in units of a column's own.
        case noise(Double)
        /// This share of the values is not known, and becomes the mean of the training rows.
        case missing(Double)
    }

    struct Result {
        /// The share of test rows whose class is right.
        var accuracy: Double
        /// The share of the defaults among them that are found.
        var recall: Double
    }

    var rows: [[Double]]
    var isDefault: [Bool]

    /// The Australian set, levels of more than two kinds one-hot.
    static func australian() throws -> NoiseStudy {
        let text = try String(
            contentsOf: SharedData.url("australian/australian.dat"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { line in
            line.split(separator: " ").compactMap { Double($0) }
        }
        let nominal = [3, 4, 5, 11]
        let levels = nominal.map { column in Set(lines.map { $0[column] }).sorted() }
        let rows = lines.map { line in
            var row = (0..<14).filter { !nominal.contains($0) }.map { line[$0] }
            for (column, levels) in zip(nominal, levels) {
                row += levels.map { $0 == line[column] ? 1 : 0 }
            }
            return row
        }
        // Class 1 is the rarer one, 44.5 % of the rows.
        return NoiseStudy(rows: rows, isDefault: lines.map { $0[14] == 1 })
    }

    /// The synthetic enterprises.
    static func enterprises(seed: UInt64) -> NoiseStudy {
        let book = EnterpriseBook(seed: seed)
        let rows = (0..<300).map { book.features.row($0).elements }
        return NoiseStudy(rows: rows, isDefault: book.isDefault)
    }

    /// The mean result over stratified folds under each disturbance; columns are
    /// standardised by the training rows.
    func results(
        of recipe: some Classifier, under disturbances: [Disturbance], foldCount: Int,
        seeds: [UInt64]
    ) throws -> [Result] {
        var counts = disturbances.map { _ in (right: 0.0, found: 0.0) }
        var (defaults, total) = (0.0, 0.0)
        for seed in seeds {
            var generator = TestGenerator(seed: seed)
            var fold = [Int](repeating: 0, count: rows.count)
            for sign in [false, true] {
                let members = rows.indices.filter { isDefault[$0] == sign }
                for (place, row) in members.shuffled(using: &generator).enumerated() {
                    fold[row] = place % foldCount
                }
            }
            var generators = disturbances.map { _ in generator }
            for number in 0..<foldCount {
                let training = rows.indices.filter { fold[$0] != number }
                let test = rows.indices.filter { fold[$0] == number }
                let scale = Scale(training.map { rows[$0] })
                let model = try recipe.fit(
                    features: Matrix(rows: training.map { scale.standardised(rows[$0]) }),
                    labels: training.map { isDefault[$0] })
                total += Double(test.count)
                defaults += Double(test.filter { isDefault[$0] }.count)
                for (index, disturbance) in disturbances.enumerated() {
                    let seen = Matrix(
                        rows: test.map { row in
                            disturbed(
                                scale.standardised(rows[row]), disturbance, &generators[index])
                        })
                    for (row, name) in zip(test, try model.predictedClasses(seen)) {
                        guard (name == model.classes[1]) == isDefault[row] else { continue }
                        counts[index].right += 1
                        if isDefault[row] { counts[index].found += 1 }
                    }
                }
            }
        }
        return counts.map { Result(accuracy: $0.right / total, recall: $0.found / defaults) }
    }

    private func disturbed(
        _ row: [Double], _ disturbance: Disturbance, _ generator: inout TestGenerator
    ) -> [Double] {
        switch disturbance {
        case .none: row
        case .noise(let deviation):
            row.map { value in
                // Twelve uniform numbers are as good as normal here.
                let sum = (0..<12).reduce(0) { sum, _ in
                    sum + Double.random(in: -0.5...0.5, using: &generator)
                }
                return value + deviation * sum
            }
        case .missing(let share):
            row.map { Double.random(in: 0...1, using: &generator) < share ? 0 : $0 }
        }
    }

    private struct Scale {
        var means: [Double]
        var deviations: [Double]

        init(_ rows: [[Double]]) {
            let count = Double(rows.count)
            means = rows[0].indices.map { column in
                rows.reduce(0) { $0 + $1[column] } / count
            }
            deviations = means.enumerated().map { column, mean in
                let square = rows.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) }
                return square > 0 ? (square / count).squareRoot() : 1
            }
        }

        func standardised(_ row: [Double]) -> [Double] {
            row.indices.map { (row[$0] - means[$0]) / deviations[$0] }
        }
    }
}
