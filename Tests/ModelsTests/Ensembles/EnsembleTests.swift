// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("CV1: voting and stacking")
struct EnsembleTests {
    struct Golden: Decodable {
        var features, queries, soft: [[Double]]
        var labels, hard, weightedHard: [Int]
    }

    let golden: Golden
    let members = [
        EnsembleMember("nb", NaiveBayes(.gaussian())),
        EnsembleMember("knn", NearestNeighbourClassifier(NeighbourSearch(.count(7)))),
        EnsembleMember("far", NearestNeighbourClassifier(NeighbourSearch(.count(31)))),
    ]

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "ensembles", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    private var data: ClassificationData {
        get throws {
            try ClassificationData(
                features: Matrix(rows: golden.features),
                labels: ClassLabels(codes: golden.labels, classes: ["0", "1", "2"]))
        }
    }

    @Test("votes of three classes are scikit-learn's")
    func voting() throws {
        let queries = Matrix(rows: golden.queries)
        let soft = try VotingClassifier(members, weights: [1, 2, 0.5]).fit(data)
        expectClose(
            try soft.classProbabilities(queries).elements, golden.soft.flatMap { $0 },
            relative: 1e-9, absolute: 1e-12)
        let hard = try VotingClassifier(members, rule: .hard).fit(data)
        #expect(try hard.predictedClasses(queries) == golden.hard.map(String.init))
        let shares = try hard.classProbabilities(queries)
        #expect(shares.elements.allSatisfy { [0, 1.0 / 3, 2.0 / 3, 1].contains($0) })
        let weighted = try VotingClassifier(members, weights: [3, 1, 1], rule: .hard).fit(data)
        #expect(try weighted.predictedClasses(queries) == golden.weightedHard.map(String.init))
        #expect(hard.memberNames == ["nb", "knn", "far"])
        let copy = try VotingModel(fileBytes: weighted.fileBytes)
        #expect(copy == weighted)
        #expect(copy.members[0].base is NaiveBayesModel)
    }

    @Test("a stack is its parts put together by hand", arguments: [false, true])
    func stacking(_ passesFeatures: Bool) throws {
        let sample = LogisticSample(rows: 150, seed: 4)
        let data = try sample.data
        let pair = Array(members.prefix(2))
        let final = LogisticRegression(penalty: .l2(C: 3))
        let stack = try StackingClassifier(
            pair, final: final, foldCount: 3, seed: 9, passesFeatures: passesFeatures
        ).fit(data)
        // The folds are those of the classes in the order in which they occur.
        let first = data.labels.codes[0]
        let folds = try StratifiedKFold(foldCount: 3, seed: 9)
            .folds(of: data.labels.codes.map { $0 != first })
        var rows = [[Double]](repeating: [], count: 150)
        for fold in folds {
            let part = try ClassificationData(
                features: data.features.gatheringRows(fold.training),
                labels: data.labels[rows: fold.training])
            let held = data.features.gatheringRows(fold.validation)
            let bayes = try NaiveBayes(.gaussian()).fit(part).probabilities(held)
            let near = try NearestNeighbourClassifier(NeighbourSearch(.count(7)))
                .fit(part).probabilities(held)
            for (index, row) in fold.validation.enumerated() {
                rows[row] = [bayes[index], near[index]]
                if passesFeatures { rows[row] += data.features.row(row).elements }
            }
        }
        let last = try final.fit(
            ClassificationData(features: Matrix(rows: rows), labels: data.labels))
        let own = try #require(stack.final.base as? LogisticRegressionModel)
        #expect(own.coefficients == last.coefficients)
        #expect(own.featureNames.prefix(2) == ["nb", "knn"])
        #expect(own.featureNames.count == (passesFeatures ? 6 : 2))
        // The members that predict saw all rows.
        #expect(stack.members[0].base.digest == (try NaiveBayes(.gaussian()).fit(data)).digest)
    }

    @Test("three classes stack too, and the last classifier may be any")
    func threeClasses() throws {
        let stack = try StackingClassifier(
            members, final: MultinomialRegression(), foldCount: 3, seed: 1
        ).fit(data)
        #expect(
            stack.final.featureNames == ["nb=1", "nb=2", "knn=1", "knn=2", "far=1", "far=2"])
        let probabilities = try stack.classProbabilities(Matrix(rows: golden.queries))
        #expect(probabilities.columnCount == 3)
        #expect(try StackingModel(fileBytes: stack.fileBytes) == stack)
    }

    @Test("an ensemble behind a pipeline, cross-validated")
    func pipeline() throws {
        let table = try LoanTable.make(rows: 200)
        let recipe = Pipeline(.impute(.median), .standardise(), .oneHot(unknown: .ignore)).then(
            VotingClassifier([
                EnsembleMember("lr", LogisticRegression()), members[0], members[1],
            ]))
        let report = try CrossValidation(foldCount: 3, seeds: [1]).evaluate(
            recipe, on: table, target: "outcome", positive: "bad")
        #expect(report.summary(of: \.rocAUC).mean > 0.7)
        let model = try recipe.fit(table, target: "outcome", positive: "bad")
        #expect(
            try PipelineModel<VotingClassifier>(fileBytes: model.fileBytes).digest == model.digest)
    }

    @Test("every estimator of the library can be in a list and is read back")
    func everyKind() throws {
        for given in EstimatorCase.all {
            let kind = type(of: given.recipe).kind
            // Ensembles and what wraps another estimator have no place in lists.
            guard !["voting.1", "stacking.1"].contains(kind), !kind.contains("(") else { continue }
            let recipe = AnyClassifier(given.recipe)
            #expect(try AnyClassifier(fileBytes: recipe.fileBytes) == recipe, "\(given.name)")
            let json = try JSONEncoder().encode(recipe)
            #expect(try JSONDecoder().decode(AnyClassifier.self, from: json) == recipe)
            let model = try recipe.fit(features: given.sample.features, labels: given.sample.labels)
            #expect(try AnyClassifierModel(fileBytes: model.fileBytes) == model)
        }
    }

    /// A classifier that the library does not know.
    struct Foreign: Classifier {
        static var kind: String { "foreign.1" }
        var canonicalBytes: [UInt8] { [] }
        init() {}
        init(canonicalBytes: [UInt8]) throws(ModelError) {}
        func validate() throws(ModelError) {}
        func fit(
            _ data: ClassificationData, progress: FitObserver?
        ) throws(ModelError) -> LogisticRegressionModel {
            try LogisticRegression().fit(data, progress: progress)
        }
    }

    @Test("foreign kinds take part but their recipes are not read back")
    func foreign() throws {
        let recipe = VotingClassifier([EnsembleMember("own", Foreign()), members[0]])
        let model = try recipe.fit(LogisticSample().data)
        #expect(try VotingModel(fileBytes: model.fileBytes) == model)
        let error = modelError { _ = try VotingClassifier(fileBytes: recipe.fileBytes) }
        #expect(error?.code == .invalidFile)
        #expect(error?.message.contains("'foreign.1'") == true)
        let json = try JSONEncoder().encode(recipe)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(VotingClassifier.self, from: json)
        }
    }

    @Test("errors name the member; forged files are refused")
    func refusals() throws {
        let sample = LogisticSample()
        let recipe = VotingClassifier([
            members[0],
            EnsembleMember("greedy", NearestNeighbourClassifier(NeighbourSearch(.count(1000)))),
        ])
        let error = modelError { _ = try recipe.fit(sample.data) }
        #expect(error?.code == .invalidRecipe)
        #expect(error?.message.hasPrefix("member 'greedy': ") == true)
        #expect(
            modelError {
                _ = try StackingClassifier(members, foldCount: 100).fit(sample.data)
            }?.code == .invalidSplit)
        let model = try VotingClassifier(Array(members.prefix(1))).fit(sample.data)
        let bytes = model.canonicalBytes
        for index in stride(from: 0, to: bytes.count, by: 7) {
            var forged = bytes
            forged[index] ^= 0x41
            // Some changes are another valid model; none may crash.
            if let other = try? VotingModel(canonicalBytes: forged) {
                #expect(other.canonicalBytes == forged)
            }
            let cut = Array(bytes.prefix(index))
            #expect(modelError { _ = try VotingModel(canonicalBytes: cut) }?.code == .invalidFile)
        }
    }
}
