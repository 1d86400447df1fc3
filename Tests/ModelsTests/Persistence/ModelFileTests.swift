// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("Model files")
struct ModelFileTests {
    private func refusal(_ bytes: [UInt8]) -> ModelError? {
        modelError { _ = try PipelineModel<LogisticRegression>(fileBytes: bytes) }
    }

    @Test("encoding what was decoded gives the same bytes")
    func roundTrip() throws {
        let model = try LoanTable.fitted()
        let bytes = model.fileBytes
        let copy = try PipelineModel<LogisticRegression>(fileBytes: bytes)
        #expect(copy == model)
        #expect(copy.fileBytes == bytes)
        #expect(copy.digest == model.digest)
        let table = try LoanTable.make()
        #expect(try copy.probabilities(in: table) == model.probabilities(in: table))
        let recipe = try PipelineRecipe<LogisticRegression>(fileBytes: model.recipe.fileBytes)
        #expect(recipe == LoanTable.recipe)
    }

    @Test("the digest is the SHA-256 at the end of the file, in 32 bytes and 64 digits")
    func digest() throws {
        let model = try LoanTable.fitted()
        #expect(model.digest.bytes.count == 32)
        #expect(Array(model.fileBytes.suffix(32)) == model.digest.bytes)
        let digits = model.digest.bytes.map { String(format: "%02x", $0) }.joined()
        #expect("\(model.digest)" == digits)
        #expect(try ModelDigest(bytes: model.digest.bytes) == model.digest)
        #expect(modelError { _ = try ModelDigest(bytes: [1, 2]) }?.code == .invalidFile)
        let other = try LoanTable.recipe.fit(
            LoanTable.make(seed: 6), target: "outcome", positive: "bad")
        #expect(other.digest != model.digest)
    }

    @Test("every changed byte is detected")
    func corruption() throws {
        let bytes = try LoanTable.fitted().fileBytes
        for index in bytes.indices {
            var broken = bytes
            broken[index] ^= UInt8(1 << (index % 8))
            #expect(refusal(broken)?.code == .invalidFile, "byte \(index)")
        }
    }

    @Test("missing and additional bytes are detected")
    func truncation() throws {
        let bytes = try LoanTable.fitted().fileBytes
        for count in 0..<bytes.count {
            #expect(refusal(Array(bytes.prefix(count)))?.code == .invalidFile)
        }
        #expect(refusal(bytes + [0])?.code == .invalidFile)
        #expect(refusal([0] + bytes)?.code == .invalidFile)
    }

    @Test("another kind is named")
    func kind() throws {
        let model = try LoanTable.fitted()
        let error = refusal(model.model.fileBytes)
        #expect(error?.code == .invalidFile)
        #expect(
            error?.message
                == "the file holds logistic-regression-model.1, not "
                + "pipeline-model.1(logistic-regression.1,logistic-regression-model.1)")
        #expect(try ModelFile(bytes: model.fileBytes).kind.hasPrefix("pipeline-model.1"))
    }

    @Test("another format version is named")
    func version() throws {
        var bytes = try LoanTable.fitted().fileBytes
        bytes[16] = 2
        let error = refusal(bytes)
        #expect(error?.code == .invalidFile)
        #expect(error?.message.contains("format version 2") == true)
    }

    @Test("files are written as a whole, and read back")
    func disk() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "swift-credit-models-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "model.credit")
        try Data("something older and longer".utf8).write(to: url)
        let model = try LoanTable.fitted()
        try model.write(to: url)
        #expect(try PipelineModel<LogisticRegression>(contentsOf: url) == model)
        #expect(try Array(Data(contentsOf: url)) == model.fileBytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)

        let nowhere = folder.appending(path: "missing/model.credit")
        #expect(modelError { try model.write(to: nowhere) }?.code == .fileAccess)
        let error = modelError { _ = try ModelFile(contentsOf: nowhere) }
        #expect(error?.code == .fileAccess)
        #expect(error?.message.contains("missing/model.credit") == true)
    }
}
