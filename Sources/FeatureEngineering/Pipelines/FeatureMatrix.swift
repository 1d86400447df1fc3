// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Numbers with a name for each column, finite but for missing values that a pipeline keeps.
public struct FeatureMatrix: Sendable, Equatable {
    /// The numbers, (rows x features).
    public let matrix: Matrix<Double>
    /// The names of the features.
    public let names: [String]

    /// The number of rows.
    public var rowCount: Int { matrix.rowCount }

    /// The number of features.
    public var columnCount: Int { names.count }

    init(rowCount: Int, elements: [Double], names: [String]) {
        matrix = Matrix(rowCount: rowCount, columnCount: names.count, elements: elements)
        self.names = names
    }
}
