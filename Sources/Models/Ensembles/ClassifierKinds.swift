// SPDX-License-Identifier: Apache-2.0

/// The classifiers that files of ``AnyClassifier`` may hold; a new one has its line here.
///
/// Ensembles are not among them: a file cannot nest them without end.
enum ClassifierKinds {
    static let all: [any Classifier.Type] = [
        LogisticRegression.self,
        MultinomialRegression.self,
        OrdinalRegression.self,
        NaiveBayes.self,
        NearestNeighbourClassifier.self,
        DecisionTreeClassifier.self,
        RandomForestClassifier.self,
        GradientBoostingClassifier.self,
        SupportVectorClassifier.self,
        LinearSupportVectorClassifier.self,
        MultilayerPerceptronClassifier.self,
        DeepBeliefNetwork.self,
    ]

    /// The recipe with the kind of file `kind`.
    static func recipe(_ kind: String) -> (any Classifier.Type)? {
        all.first { $0.kind == kind }
    }

    /// The model with the kind of file `kind`.
    static func model(_ kind: String) -> (any ClassifierModel.Type)? {
        all.map { modelType(of: $0) }.first { $0.kind == kind }
    }

    private static func modelType<Recipe: Classifier>(
        of recipe: Recipe.Type
    ) -> any ClassifierModel.Type {
        Recipe.Model.self
    }
}
