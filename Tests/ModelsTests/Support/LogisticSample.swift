// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import _CreditTestSupport

/// Random rows of a logistic model, made without the library's own generator.
struct LogisticSample {
    var features: Matrix<Double>
    var labels: [Bool]

    init(rows: Int = 120, columns: Int = 4, seed: UInt64 = 11) {
        var generator = TestGenerator(seed: seed)
        var elements: [Double] = []
        labels = []
        for _ in 0..<rows {
            // Columns of different location and scale, the last one of few values.
            let row = (0..<columns).map { column in
                column == columns - 1
                    ? Double(Int.random(in: 0...3, using: &generator))
                    : Double.random(in: -1...1, using: &generator) * Double(column + 1)
                        + Double(column) * 3
            }
            let logit = row.enumerated().reduce(-0.3) { sum, element in
                let centre = element.offset == columns - 1 ? 1.5 : Double(element.offset) * 3
                return sum + (element.offset.isMultiple(of: 2) ? 0.9 : -0.6)
                    * (element.element - centre)
            }
            elements += row
            labels.append(Double.random(in: 0...1, using: &generator) < 1 / (1 + exp(-logit)))
        }
        features = Matrix(rowCount: rows, columnCount: columns, elements: elements)
    }

    var data: ClassificationData {
        get throws { try ClassificationData(features: features, labels: ClassLabels(labels)) }
    }
}

/// The code of the ``ModelError`` that `body` throws; `nil` where it throws none.
func modelError(_ body: () throws -> Void) -> ModelError? {
    do {
        try body()
        return nil
    } catch {
        return error as? ModelError
    }
}
