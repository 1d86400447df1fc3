// SPDX-License-Identifier: Apache-2.0

import Behavioral
import FeatureEngineering
import Foundation
import Ledger
import Lending
import Models
import Testing

/// A model that claims another one's digest and changes its probabilities.
struct TamperedModel: TableModel {
    let base: any TableModel
    let change: @Sendable (Double) -> Double

    var target: String { base.target }
    var classes: [String] { base.classes }
    var inputNames: [String] { base.inputNames }
    var featureNames: [String] { base.featureNames }
    var fileBytes: [UInt8] { base.fileBytes }
    var digest: ModelDigest { base.digest }

    func probabilities(in table: Table) throws(ModelError) -> [Double] {
        try base.probabilities(in: table).map(change)
    }

    func probability(of row: Table.Row) throws(ModelError) -> Double {
        change(try base.probability(of: row))
    }
}

/// A model that refuses every table.
struct BrokenModel: TableModel {
    let base: any TableModel

    var target: String { base.target }
    var classes: [String] { base.classes }
    var inputNames: [String] { base.inputNames }
    var featureNames: [String] { base.featureNames }
    var fileBytes: [UInt8] { base.fileBytes }
    var digest: ModelDigest { base.digest }

    func probabilities(in table: Table) throws(ModelError) -> [Double] {
        throw ModelError(.features, "broken on purpose")
    }

    func probability(of row: Table.Row) throws(ModelError) -> Double {
        throw ModelError(.features, "broken on purpose")
    }
}

/// Three bureaus, five banks and a few applicants of the synthetic book, with one fitted model.
struct ConsortiumFixture {
    private static let fitted = Result {
        let table = try SyntheticLoanBook(count: 400, seed: 21).table()
        return try Pipeline(
            .exclude(SyntheticLoanBook.textColumn), .impute(.median), .oneHot(), .standardise()
        ).then(LogisticRegression()).fit(
            table, target: SyntheticLoanBook.targetColumn,
            positive: SyntheticLoanBook.positiveLabel)
    }

    private static let applicants = Result {
        try SyntheticLoanBook(count: 12, seed: 22).table()
            .removing([SyntheticLoanBook.targetColumn])
    }

    let model: any TableModel
    let batch: ApplicationBatch
    var bureaus: [Bureau]
    var banks: [Bank]

    /// - Precondition: At most 12 applicants.
    init(applicants: Int = 7, bankCount: Int = 5, bureauCount: Int = 3) throws {
        let model = try Self.fitted.get()
        self.model = model
        batch = try ApplicationBatch(
            table: try Self.applicants.get()[rows: Array(0..<applicants)],
            names: (0..<applicants).map { "applicant \($0)" },
            secret: Array("not secret, but long enough".utf8))
        bureaus = try (0..<bureauCount).map {
            Bureau(name: "bureau \($0)", identity: try Self.identity(100 + $0), model: model)
        }
        banks = try (0..<bankCount).map {
            Bank(
                name: "bank \($0)", identity: try Self.identity($0), model: model,
                lender: [.opportunistic, .neutral, .riskAverse][$0 % 3])
        }
    }

    /// The key pair with this number.
    static func identity(_ number: Int) throws -> SigningIdentity {
        try SigningIdentity(seed: [UInt8](repeating: UInt8(number), count: 32))
    }

    /// Lets a bank use another model.
    mutating func replaceModel(ofBank index: Int, with model: any TableModel) {
        banks[index] = Bank(
            name: banks[index].name, identity: banks[index].identity, model: model,
            lender: banks[index].lender)
    }

    /// Lets a bureau use another model.
    mutating func replaceModel(ofBureau index: Int, with model: any TableModel) {
        bureaus[index] = Bureau(
            name: bureaus[index].name, identity: bureaus[index].identity, model: model)
    }

    func genesis() throws -> Genesis {
        try Consortium.genesis(
            chainName: "test", bureaus: bureaus, banks: banks, creationTime: 1000)
    }

    func consortium() throws -> Consortium {
        try Consortium.inMemory(genesis: genesis(), bureaus: bureaus, banks: banks)
    }

    /// The points that the honest model gives the batch.
    func points() throws -> [Int] { try bureaus[0].points(for: batch) }
}

/// Runs `body` with a new folder and removes the folder.
func withTemporaryFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "lending-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}
