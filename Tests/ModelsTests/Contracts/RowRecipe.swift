// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models

/// Rows of some kind, which the contracts choose from.
protocol RowSet: Equatable, Sendable {
    subscript(rows rows: [Int]) -> Self { get }
}

/// A recipe for a classifier of rows of any kind.
protocol RowRecipe<Rows>: ModelFileContent, Codable, Hashable, Sendable {
    associatedtype Rows: RowSet
    associatedtype Model: RowModel<Rows>

    func validate() throws(ModelError)

    func fit(
        _ rows: Rows, labels: ClassLabels, weights: [Double]?, progress: FitObserver?
    ) throws(ModelError) -> Model
}

/// What a ``RowRecipe`` fits.
protocol RowModel<Rows>: ModelFileContent, Codable, Equatable {
    associatedtype Rows

    var classes: [String] { get }

    func classProbabilities(_ rows: Rows) throws(ModelError) -> Matrix<Double>
    func probabilities(_ rows: Rows) throws(ModelError) -> [Double]
    func predictedClasses(_ rows: Rows) throws(ModelError) -> [String]
}

extension SequenceInputs: RowSet {}
extension SequenceClassifier: RowRecipe {}
extension SequenceClassifierModel: RowModel {}

extension FusionInputs: RowSet {}
extension FusionClassifier: RowRecipe {}
extension FusionClassifierModel: RowModel {}

extension [String?]: RowSet {
    subscript(rows rows: [Int]) -> Self { rows.map { self[$0] } }
}
extension TextClassifier: RowRecipe {}
extension TextClassifierModel: RowModel {}

extension Matrix<Double>: RowSet {
    subscript(rows rows: [Int]) -> Self { gatheringRows(rows) }
}

/// A ``Classifier`` among the recipes of rows of any kind: its rows are vectors.
struct VectorRecipe<Base: Classifier>: RowRecipe {
    var base: Base

    static var kind: String { Base.kind }
    var canonicalBytes: [UInt8] { base.canonicalBytes }

    init(_ base: Base) { self.base = base }

    init(canonicalBytes: [UInt8]) throws(ModelError) {
        base = try Base(canonicalBytes: canonicalBytes)
    }

    func validate() throws(ModelError) { try base.validate() }

    func fit(
        _ rows: Matrix<Double>, labels: ClassLabels, weights: [Double]?, progress: FitObserver?
    ) throws(ModelError) -> VectorModel<Base.Model> {
        let data = try ClassificationData(features: rows, labels: labels, weights: weights)
        return VectorModel(base: try base.fit(data, progress: progress))
    }
}

func vectorRecipe(_ base: some Classifier) -> any RowRecipe<Matrix<Double>> { VectorRecipe(base) }

/// A ``ClassifierModel`` among the models of rows of any kind.
struct VectorModel<Base: ClassifierModel>: RowModel {
    var base: Base

    static var kind: String { Base.kind }
    var canonicalBytes: [UInt8] { base.canonicalBytes }
    var classes: [String] { base.classes }

    init(base: Base) { self.base = base }

    init(canonicalBytes: [UInt8]) throws(ModelError) {
        base = try Base(canonicalBytes: canonicalBytes)
    }

    func classProbabilities(_ rows: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        try base.classProbabilities(rows)
    }

    func probabilities(_ rows: Matrix<Double>) throws(ModelError) -> [Double] {
        try base.probabilities(rows)
    }

    func predictedClasses(_ rows: Matrix<Double>) throws(ModelError) -> [String] {
        try base.predictedClasses(rows)
    }
}
