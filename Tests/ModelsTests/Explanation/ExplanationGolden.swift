// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing

/// Effects and Shapley values by scikit-learn, shap, PyALE and numpy.
struct ExplanationGolden: Decodable {
    struct Dependence: Decodable {
        var grid, average, few, fewAverage: [Double]
        var individual: [[Double]]
    }
    struct Effects: Decodable {
        var ends, effects, counts: [Double]
    }
    struct Kernel: Decodable {
        var base: Double
        var values: [[Double]]
    }
    struct Linear: Decodable {
        var base: Double
        var values, correlated: [[Double]]
    }

    var features: [[Double]]
    var labels: [Int]
    var dependence: Dependence
    var numericEffects, tiedEffects: Effects
    var kernel: Kernel
    var linear: Linear
    var levels: [String]
    var amounts, listedEffects, listedCounts, similarEffects: [Double]
    var similarLevels: [String]

    static func load() throws -> ExplanationGolden {
        let url = try #require(
            Bundle.module.url(
                forResource: "explanation", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(ExplanationGolden.self, from: Data(contentsOf: url))
    }

    var matrix: Matrix<Double> { Matrix(rows: features) }

    var data: ClassificationData {
        get throws {
            try ClassificationData(features: matrix, labels: ClassLabels(labels.map { $0 == 1 }))
        }
    }

    var bayes: NaiveBayesModel { get throws { try NaiveBayes(.gaussian()).fit(data) } }
}

/// A model of tables that is a function of its rows.
struct TableFunction: TableModel {
    var target = "outcome"
    var classes = ["good", "bad"]
    var inputNames: [String]
    var featureNames: [String] { inputNames }
    var fileBytes: [UInt8] { [] }
    var digest: ModelDigest { LogisticRegression().digest }
    var function: @Sendable (Table.Row) throws -> Double

    func probabilities(in table: Table) throws(ModelError) -> [Double] {
        var values: [Double] = []
        for row in 0..<table.rowCount { values.append(try probability(of: table[row])) }
        return values
    }

    func probability(of row: Table.Row) throws(ModelError) -> Double {
        do { return try function(row) } catch { throw ModelError(.features, "\(error)") }
    }
}
