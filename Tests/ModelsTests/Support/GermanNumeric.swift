// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import _CreditTestSupport

/// The 1000 x 24 numbers of `german.data-numeric` and whether each loan was bad.
struct GermanNumeric {
    let features: Matrix<Double>
    let isBad: [Bool]

    init() throws {
        let text = String(
            decoding: try SharedData.data("german/german.data-numeric"), as: UTF8.self)
        let rows = text.split(separator: "\n").map { line in
            line.split(separator: " ").compactMap { Double($0) }
        }
        features = Matrix(rows: rows.map { Array($0.dropLast()) })
        isBad = rows.map { $0.last == 2 }
    }

    /// The features with mean 0 and population standard deviation 1.
    var standardised: Matrix<Double> {
        var result = features
        for column in 0..<features.columnCount {
            let values = features.column(column)
            let mean = values.sum() / Double(values.count)
            let centred = values - mean
            let deviation = ((centred * centred).sum() / Double(values.count)).squareRoot()
            for row in 0..<values.count { result[row, column] = centred[row] / deviation }
        }
        return result
    }
}
