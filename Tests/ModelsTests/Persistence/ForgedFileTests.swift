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

@Suite("Model files whose digest is right and whose content is not")
struct ForgedFileTests {
    /// Whether the forged content is refused, or else means exactly what it says.
    private func isHarmless<Content: ModelFileContent>(_ bytes: [UInt8], _: Content.Type) -> Bool {
        let file = Forged<Content>(canonicalBytes: bytes).fileBytes
        do {
            return try Content(fileBytes: file).fileBytes == file
        } catch {
            return error.code == .invalidFile
        }
    }

    private func checkEveryByte<Content: ModelFileContent>(_ content: Content) {
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

    @Test("a changed recipe is refused or is another recipe")
    func recipe() {
        checkEveryByte(LogisticRegression(penalty: .none))
        checkEveryByte(LogisticRegression(penalty: .l2(C: 3)))
        checkEveryByte(
            LogisticRegression(
                penalty: .elasticNet(C: 3, l1Ratio: 0.5), classWeighting: .factors([1, 2]),
                signs: .features(["age": .nonPositive, "rate": .nonNegative]),
                solver: .coordinateDescent))
        checkEveryByte(OrdinalRegression(penalty: .l2(C: 3)))
        checkEveryByte(MultinomialRegression(classWeighting: .balanced))
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
        checkEveryByte(try LoanTable.fitted())
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
