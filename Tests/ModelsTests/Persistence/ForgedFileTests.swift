// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

/// Content of any bytes under the kind of `Target`, so that a file of it has a valid digest.
private struct Forged<Target: ModelFileContent>: ModelFileContent {
    static var kind: String { Target.kind }
    var canonicalBytes: [UInt8]

    init(canonicalBytes: [UInt8]) { self.canonicalBytes = canonicalBytes }
}

/// Whether the forged content is refused, or else means exactly what it says.
private func isHarmless<Content: ModelFileContent>(_ bytes: [UInt8], _: Content.Type) -> Bool {
    let file = Forged<Content>(canonicalBytes: bytes).fileBytes
    do {
        return try Content(fileBytes: file).fileBytes == file
    } catch {
        return error.code == .invalidFile
    }
}

/// Changes every byte of the content in turn, and cuts it off there.
func checkEveryByte<Content: ModelFileContent>(_ content: Content) {
    let bytes = content.canonicalBytes
    for index in bytes.indices {
        for change in [1, 0x80, 0xFF] as [UInt8] {
            var forged = bytes
            forged[index] ^= change
            #expect(isHarmless(forged, Content.self), "byte \(index) changed by \(change)")
        }
        #expect(isHarmless(Array(bytes.prefix(index)), Content.self))
    }
    #expect(isHarmless(bytes + [0], Content.self))
}

/// Changes some bytes of a content that is too long for ``checkEveryByte(_:)``, most of them in front,
/// where names, sizes and layers stand, and cuts it off there.
func checkSomeBytes<Content: ModelFileContent>(_ content: Content, seed: UInt64 = 7) {
    let bytes = content.canonicalBytes
    var generator = TestGenerator(seed: seed)
    let anywhere = (0..<100).map { _ in Int.random(in: 0..<bytes.count, using: &generator) }
    for index in Array(bytes.indices.prefix(300)) + anywhere {
        var forged = bytes
        forged[index] ^= UInt8.random(in: 1...255, using: &generator)
        #expect(isHarmless(forged, Content.self), "byte \(index) is \(forged[index])")
        #expect(isHarmless(Array(bytes.prefix(index)), Content.self), "cut at \(index)")
    }
}

@Suite("Model files whose digest is right and whose content is not")
struct ForgedFileTests {
    @Test("a changed recipe is refused or is another recipe")
    func recipe() {
        checkEveryByte(LogisticRegression(penalty: .none))
        checkEveryByte(LogisticRegression(penalty: .l2(C: 3)))
        checkEveryByte(
            LogisticRegression(
                penalty: .elasticNet(C: 3, l1Ratio: 0.5), classWeighting: .factors([1, 2]),
                signs: .features(["age": .nonPositive, "rate": .nonNegative]),
                solver: .coordinateDescent))
        checkEveryByte(LogisticRegression(penalty: .l1(C: 3), solver: .saga, seed: 300))
        checkEveryByte(OrdinalRegression(penalty: .l2(C: 3)))
        checkEveryByte(MultinomialRegression(classWeighting: .balanced))
        checkEveryByte(LinearRegression(penalty: .ridge(alpha: 2), weightMeaning: .precisions))
        checkEveryByte(LoanTable.recipe)
    }

    @Test("a changed model is refused or is another model")
    func model() throws {
        let sample = LogisticSample()
        checkEveryByte(
            try LogisticRegression(penalty: .none)
                .fit(features: sample.features, labels: sample.labels))
        checkEveryByte(
            try OrdinalRegression(penalty: .none)
                .fit(features: sample.features, labels: sample.labels))
        checkEveryByte(
            try MultinomialRegression(penalty: .none)
                .fit(features: sample.features, labels: sample.labels))
        let numbers = RegressionSample()
        checkEveryByte(
            try LinearRegression().fit(features: numbers.features, targets: numbers.targets))
        checkEveryByte(try LoanTable.fitted())
    }

    @Test(
        "a changed calibration is refused or is another one", arguments: CalibrationMapTests.methods
    )
    func calibration(method: CalibrationMethod) throws {
        let sample = LogisticSample(rows: 40, columns: 1)
        let recipe = NaiveBayes(.gaussian()).calibrated(method, plan: .heldOut(share: 0.5))
        checkEveryByte(recipe)
        checkEveryByte(try recipe.fit(features: sample.features, labels: sample.labels))
        let shift = try PriorShift(from: [0.5, 0.5], to: [0.75, 0.25])
        checkEveryByte(try LoanTable.fitted().calibrated(by: shift))
    }

    @Test("a changed support vector machine is refused or is another one")
    func supportVectors() throws {
        let sample = LogisticSample(rows: 20, columns: 2)
        checkEveryByte(
            SupportVectorClassifier(
                .nu(0.3), kernel: .sigmoid(offset: 1), probabilities: .isotonic(folds: 3)))
        checkEveryByte(SupportVectorRegressor(.nu(c: 1, nu: 0.5), kernel: .polynomial()))
        checkEveryByte(OneClassSupportVectorMachine(kernel: .precomputed))
        checkEveryByte(LinearSupportVectorClassifier(classWeighting: .balanced))
        checkEveryByte(
            try SupportVectorClassifier(probabilities: .isotonic(folds: 2))
                .fit(features: sample.features, labels: sample.labels))
        checkEveryByte(
            try LinearSupportVectorClassifier(probabilities: .platt(folds: 2))
                .fit(features: sample.features, labels: sample.labels))
        checkEveryByte(
            try SupportVectorRegressor().fit(
                features: sample.features, targets: sample.features.column(0).elements))
        checkEveryByte(try OneClassSupportVectorMachine(nu: 0.2).fit(features: sample.features))
    }

    /// A count below 16,384 in minimal LEB128.
    private func count(_ value: Int) -> [UInt8] {
        value < 128 ? [UInt8(value)] : [UInt8(value & 0x7F | 0x80), UInt8(value >> 7)]
    }

    @Test("parts of different models do not fit together")
    func mixed() throws {
        let sample = LogisticSample(columns: 3)
        let foreign = try LogisticRegression().fit(
            features: sample.features, labels: sample.labels)
        let model = try LoanTable.fitted()
        var bytes = model.canonicalBytes
        let own = model.model.canonicalBytes
        #expect(Array(bytes.suffix(own.count)) == own)
        bytes.removeLast(own.count + count(own.count).count)
        bytes += count(foreign.canonicalBytes.count) + foreign.canonicalBytes
        let error = modelError {
            _ = try PipelineModel<LogisticRegression>(
                fileBytes: Forged<PipelineModel<LogisticRegression>>(canonicalBytes: bytes)
                    .fileBytes)
        }
        #expect(error?.code == .invalidFile)
        #expect(error?.message.contains("a model of 3 features behind a pipeline of 5") == true)
    }
}
