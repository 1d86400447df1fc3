// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Several classifiers whose probabilities are the features of a last one.
///
/// The last classifier is fitted to probabilities of rows that the members were not fitted to: the
/// rows are dealt to stratified folds, and each fold is predicted by members fitted to the others.
/// Afterwards the members are fitted to all rows.
///
/// Source: Wolpert, Stacked generalization, 1992, doi:10.1016/S0893-6080(05)80023-1.
public struct StackingClassifier: Classifier {
    /// The classifiers whose probabilities are features.
    public var members: [EnsembleMember]

    /// The classifier of these features.
    public var final: AnyClassifier

    /// The number of folds, at least 2.
    public var foldCount: Int

    /// The seed of the folds.
    public var seed: UInt64

    /// Whether the last classifier gets the features themselves too, behind the probabilities.
    public var passesFeatures: Bool

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        _ members: [EnsembleMember], final: some Classifier = LogisticRegression(),
        foldCount: Int = 5, seed: UInt64 = 0, passesFeatures: Bool = false
    ) {
        self.members = members
        self.final = AnyClassifier(final)
        self.foldCount = foldCount
        self.seed = seed
        self.passesFeatures = passesFeatures
    }

    /// Checks the hyperparameters, those of the members too.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`; the message names the member.
    public func validate() throws(ModelError) {
        try members.validate()
        try final.validate()
        guard foldCount >= 2 else {
            throw ModelError(.invalidRecipe, "\(foldCount) folds, at least 2 are needed")
        }
    }

    /// Fits the members to the folds, the last classifier to their probabilities, and the members
    /// to all rows.
    ///
    /// - Parameters:
    ///   - data: rows that every member takes.
    ///   - progress: sees every fit.
    /// - Throws: ``ModelError`` with code `invalidSplit` for a class of fewer rows than folds, and
    ///   the codes of the members, whose names are in the messages.
    /// - Complexity: `foldCount + 1` fits of every member.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> StackingModel {
        try validate()
        let steps = (foldCount + 1) * members.count + 1
        var step = 0
        func fit(
            _ member: EnsembleMember, _ data: ClassificationData
        ) throws(ModelError) -> AnyClassifierModel {
            try checkCancellation("member '\(member.name)'")
            let model = try member.labelled { () throws(ModelError) in
                try member.classifier.fit(data, progress: nil)
            }
            step += 1
            try FitProgress(step: step, stepLimit: steps, objective: nil).report(to: progress)
            return model
        }
        let folds = try StratifiedKFold(foldCount: foldCount, seed: seed)
            .folds(of: data.labels.inOrderOfAppearance)
        let names = members.map(\.name)
        let stacking = StackedFeatures(
            names: names, classes: data.labels.classes,
            passed: passesFeatures ? data.featureNames : [])
        var stacked = Matrix<Double>.zeros(data.rowCount, stacking.featureNames.count)
        for fold in folds {
            let training = try data.selecting(fold.training)
            var models: [AnyClassifierModel] = []
            for member in members { models.append(try fit(member, training)) }
            let part = try stacking.features(
                of: data.features.gatheringRows(fold.validation),
                FittedMembers(names: names, models: models))
            for (index, row) in fold.validation.enumerated() {
                stacked.setRow(row, to: part.row(index))
            }
        }
        var models: [AnyClassifierModel] = []
        for member in members { models.append(try fit(member, data)) }
        let last = try final.fit(
            ClassificationData(
                features: stacked, labels: data.labels, weights: data.weights,
                featureNames: stacking.featureNames), progress: nil)
        try FitProgress(step: steps, stepLimit: steps, objective: nil).report(to: progress)
        return StackingModel(
            fitted: FittedMembers(names: names, models: models), final: last,
            passesFeatures: passesFeatures)
    }
}

/// The features that the last classifier of a stack gets.
struct StackedFeatures {
    let featureNames: [String]
    private let classCount: Int
    private let passesFeatures: Bool

    /// The probabilities of all classes but the first, which follows from the others.
    init(names: [String], classes: [String], passed: [String]) {
        let own = names.flatMap { name in
            classes.count == 2 ? [name] : classes.dropFirst().map { "\(name)=\($0)" }
        }
        featureNames = own + passed
        classCount = classes.count
        passesFeatures = !passed.isEmpty
    }

    func features(
        of rows: Matrix<Double>, _ members: FittedMembers
    ) throws(ModelError) -> Matrix<Double> {
        let parts = try members.probabilities(rows)
        var elements: [Double] = []
        elements.reserveCapacity(rows.rowCount * featureNames.count)
        for row in 0..<rows.rowCount {
            for part in parts {
                for column in 1..<classCount { elements.append(part[row, column]) }
            }
            if passesFeatures { elements += rows.row(row).elements }
        }
        return Matrix(
            rowCount: rows.rowCount, columnCount: featureNames.count, elements: elements)
    }
}

extension ClassLabels {
    /// The same rows with the classes in the order in which they first occur, so that a split does
    /// not depend on their names.
    var inOrderOfAppearance: ClassLabels {
        get throws(ModelError) {
            var order: [Int] = []
            for code in codes where !order.contains(code) { order.append(code) }
            return try ClassLabels(
                codes: codes.map { order.firstIndex(of: $0) ?? 0 },
                classes: order.map { classes[$0] })
        }
    }
}

extension ClassificationData {
    /// Some of the rows.
    ///
    /// - Throws: ``ModelError`` with code `empty` or `oneClass` for what is left.
    func selecting(_ rows: [Int]) throws(ModelError) -> ClassificationData {
        try ClassificationData(
            features: features.gatheringRows(rows), labels: labels[rows: rows],
            weights: rows.map { weights[$0] }, featureNames: featureNames)
    }
}
