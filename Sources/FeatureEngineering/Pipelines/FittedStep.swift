// SPDX-License-Identifier: Apache-2.0

/// What one step of a pipeline learnt.
package enum FittedStep: Hashable, Sendable {
    case columnSelection(FittedColumnSelection)
    case imputation(FittedImputation)
    case quantileClipping(FittedQuantileClipping)
    case oneHotEncoding(FittedOneHotEncoding)
    case standardisation(FittedStandardisation)

    var transformation: any FittedTransformation {
        switch self {
        case .columnSelection(let fitted): fitted
        case .imputation(let fitted): fitted
        case .quantileClipping(let fitted): fitted
        case .oneHotEncoding(let fitted): fitted
        case .standardisation(let fitted): fitted
        }
    }

    /// Whether this can have been learnt by `step`.
    func isFitted(by step: Pipeline.Step) -> Bool {
        switch (self, step) {
        case (.columnSelection, .columnSelection), (.imputation, .imputation),
            (.quantileClipping, .quantileClipping), (.standardisation, .standardisation):
            true
        case (.oneHotEncoding(let fitted), .oneHotEncoding(let recipe)):
            fitted.dropsFirst == recipe.dropsFirst && fitted.unknown == recipe.unknown
        default: false
        }
    }
}
