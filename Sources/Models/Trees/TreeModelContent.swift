// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The file of a model of trees: its recipe, its trees and what lies between.
protocol TreeModelContent: CanonicalContent {
    associatedtype Recipe: CanonicalContent

    var recipe: Recipe { get }
    var trees: TreeEnsemble { get }

    /// Checks that the trees are those of such a model.
    func check(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError)
}

/// The file of a model of trees that gives numbers.
protocol TreeRegressorContent: TreeModelContent {
    init(recipe: Recipe, trees: TreeEnsemble)
}

extension TreeRegressorContent {
    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        trees.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            recipe: try Recipe(from: &decoder), trees: try TreeEnsemble(from: &decoder))
        try check(decoder)
    }
}

/// The file of a model of trees that tells classes apart.
protocol TreeClassifierContent: TreeModelContent {
    var classes: [String] { get }

    init(recipe: Recipe, classes: [String], trees: TreeEnsemble)
}

extension TreeClassifierContent {
    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(classes) { $0.encode($1) }
        trees.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            recipe: try Recipe(from: &decoder), classes: try decoder.decodeStrings(),
            trees: try TreeEnsemble(from: &decoder))
        try check(decoder)
    }
}
