// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A synthetic book of small enterprises with the eight indicators of Zhong, "Innovative
/// application of AI big data fusion model in financial risk prediction and management", whose
/// records are not public.
///
/// An enterprise has a strength and an appetite for growth that no indicator shows alone. Every
/// year its strength moves on, indicators follow both with noise of their own, and weak
/// enterprises, and those that grow faster than they can bear, default more often.
public struct EnterpriseBook: Sendable {
    /// The names of the indicators.
    public static let indicators = [
        "quality construction", "trade", "profit", "operation", "comprehensive", "growth",
        "cooperation", "project construction and debt repayment",
    ]

    /// The indicators of every record (records x 8), each column less its mean over its deviation.
    public let features: Matrix<Double>

    /// Whether the enterprise defaulted in the year of the record.
    public let isDefault: [Bool]

    /// The number of the enterprise of every record, from 0.
    public let enterprises: [Int]

    /// A book of `enterpriseCount` enterprises with `yearCount` records each.
    ///
    /// - Precondition: there are two records or more.
    public init(enterpriseCount: Int = 100, yearCount: Int = 3, seed: UInt64 = 0) {
        let count = enterpriseCount * yearCount
        precondition(count >= 2, "\(enterpriseCount) enterprises with \(yearCount) records each")
        let stream = RandomStream(seed: seed)
        // How indicators follow strength and appetite, and their noise.
        let loadings: [(strength: Double, appetite: Double, noise: Double)] = [
            (0.6, 0.0, 0.8), (0.5, 0.4, 0.7), (0.8, -0.2, 0.6), (0.7, 0.1, 0.7),
            (0.9, 0.0, 0.5), (0.2, 0.9, 0.5), (0.4, 0.5, 0.8), (0.7, -0.4, 0.6),
        ]
        var values: [Double] = []
        var isDefault: [Bool] = []
        for enterprise in 0..<enterpriseCount {
            var numbers = stream.child("enterprise", enterprise)
            var strength = numbers.normal()
            let appetite = numbers.normal()
            for _ in 0..<yearCount {
                strength = 0.9 * strength + 0.436 * numbers.normal()
                for loading in loadings {
                    values.append(
                        loading.strength * strength + loading.appetite * appetite
                            + loading.noise * numbers.normal())
                }
                let strain = max(0, appetite) * max(0, 0.5 - strength)
                let logit = -1.6 - 1.4 * strength + 1.2 * strain
                isDefault.append(numbers.bernoulli(sigmoid(logit)))
            }
        }
        let raw = Matrix(rowCount: count, columnCount: loadings.count, elements: values)
        features = raw.standardized()
        self.isDefault = isDefault
        enterprises = (0..<count).map { $0 / yearCount }
    }
}
