// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted one-class machine: it holds the training rows that its decisions rest on.
///
/// Decision values have the same bits for one row, for any batch around it, for any number of
/// threads and with every BLAS.
public struct OneClassSupportVectorModel: Codable, Equatable, Sendable {
    /// The recipe that was fitted.
    public let recipe: OneClassSupportVectorMachine

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The training rows that are support vectors, ascending.
    public let supportRows: [Int]

    let expansion: KernelExpansion

    /// The minimum of the dual objective.
    public let objective: Double

    /// The factor of every support vector.
    public var dualCoefficients: [Double] { expansion.coefficients.elements }

    /// What is added to the sum over the support vectors.
    public var intercept: Double { expansion.intercepts[0] }

    /// The factor `gamma` of the kernel; `nil` where it has none.
    public var gamma: Double? { expansion.gamma }

    /// For every row a number that is negative outside of the region that was learned.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * support vectors * features).
    public func decisionValues(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try checkFeatures(features, names: featureNames)
        return expansion.values(features).elements
    }

    /// Whether each row lies outside of the region that was learned.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func isOutlier(_ features: Matrix<Double>) throws(ModelError) -> [Bool] {
        try decisionValues(features).map { $0 < 0 }
    }
}

extension OneClassSupportVectorModel {
    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
