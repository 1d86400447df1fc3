// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted regressor: immutable, and asked for numbers.
public protocol RegressorModel: ModelFileContent, Codable, Equatable, Sendable {
    /// The names of the feature columns that the model was fitted to.
    var featureNames: [String] { get }

    /// The predicted number of every row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double]
}

extension RegressorModel {
    /// Refuses features that this model cannot take.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    package func check(_ features: Matrix<Double>) throws(ModelError) {
        try checkFeatures(features, names: featureNames)
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
