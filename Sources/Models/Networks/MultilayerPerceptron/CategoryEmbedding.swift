// SPDX-License-Identifier: Apache-2.0

/// A feature whose values are codes of categories, for each of which a network learns a vector.
///
/// The categories are the different values among the training rows. Any other value has a vector of
/// zeros.
public struct CategoryEmbedding: Codable, Hashable, Sendable {
    /// The name of the feature.
    public var feature: String

    /// The length of the vectors.
    public var width: Int

    /// Vectors of `width` numbers for the values of `feature`.
    public init(_ feature: String, width: Int) {
        self.feature = feature
        self.width = width
    }
}
