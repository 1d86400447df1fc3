// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR4: LIBSVM")
struct LIBSVMTests {
    @Test func agreesWithScikitLearn() throws {
        let golden: TablesGolden = try golden("tables")
        let rows = try LabelledSparseRows(libsvmText: golden.libsvm.text)
        #expect(rows.labels == golden.libsvm.labels && rows.queries == nil)
        #expect(rows.features.columnCount == golden.libsvm.rows[0].count)
        for (row, values) in golden.libsvm.rows.enumerated() {
            #expect(values.indices.map { rows.features[row, $0] } == values)
        }
    }

    @Test func indexBasesQueriesAndFeatureCounts() throws {
        let text = "1 qid:3 0:1 2:5\r\n2 qid:3\r\n-1 qid:4 1:2 # c"
        let rows = try LabelledSparseRows(libsvmText: text)
        #expect(rows.queries == [3, 3, 4])
        #expect(rows.features.columnIndices == [0, 2, 1] && rows.features.columnCount == 3)
        #expect(rows.features.rowOffsets == [0, 2, 2, 3])
        let wide = try LabelledSparseRows(libsvmText: "1 3:1", featureCount: 9)
        #expect(wide.features.columnCount == 9 && wide.features[0, 2] == 1)
        let zero = try LabelledSparseRows(libsvmText: "1 3:1", indexBase: .zero)
        #expect(zero.features.columnCount == 4 && zero.features[0, 3] == 1)
    }

    @Test(arguments: propertySeeds(10))
    func whatIsWrittenReadsBack(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        var (offsets, indices, values) = ([0], [Int](), [Double]())
        for _ in 0..<20 {
            for column in 0..<15 where Int.random(in: 0..<3, using: &generator) == 0 {
                indices.append(column)
                values.append(Double.random(in: -1e9...1e9, using: &generator))
            }
            offsets.append(indices.count)
        }
        let rows = try LabelledSparseRows(
            features: SparseMatrix(
                rowCount: 20, columnCount: 15, rowOffsets: offsets, columnIndices: indices,
                values: values),
            labels: (0..<20).map { _ in Double.random(in: -1...1, using: &generator) },
            queries: seed % 2 == 0 ? (0..<20).map { $0 / 4 } : nil)
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).svm")
        defer { try? FileManager.default.removeItem(at: url) }
        try rows.write(libsvm: url)
        let back = try LabelledSparseRows(libsvm: url, featureCount: 15, indexBase: .one)
        #expect(back == rows)
    }

    @Test(arguments: [
        ("x 1:1", "invalidValue", "f, line 1, record 1: 'x' is not a number, as the label must be"),
        ("1 1:1\n1 1", "invalidValue", "f, line 2, record 2: '1' is not index:value"),
        ("1 2:1 2:3", "invalidValue", "f, line 1, record 1: '2:3' comes behind feature 2"),
        ("1 2:1 1:3", "invalidValue", "f, line 1, record 1: '1:3' comes behind feature 2"),
        ("1 a:1", "invalidValue", "f, line 1, record 1: 'a:1' has no feature number"),
        ("1 -1:1", "invalidValue", "f, line 1, record 1: '-1:1' has no feature number"),
        ("1 1:x", "invalidValue", "f, line 1, record 1: 'x' is not a number, as feature 1 must be"),
        ("1 1:1e999", "outOfRange", "f, line 1, record 1: feature 1 is not finite"),
        ("1 qid:1 1:1\n1 1:1", "missingValue", "f, line 2, record 2: the row has no query"),
        ("1 1:1\n1 qid:1", "invalidValue", "f, line 2, record 2: 'qid:1' is not the row's query"),
        ("1 1:1 qid:1", "invalidValue", "f, line 1, record 1: 'qid:1' is not the row's query"),
        ("1,2 1:1", "invalidValue", "f, line 1, record 1: '1,2' is not a number"),
        ("# nothing\n\n", "emptyFile", "f: has no record"),
        ("1 4:1", "outOfRange", "f: has 4 features where 3 are expected"),
    ])
    func mistakesAreNamed(text: String, code: String, start: String) {
        let error = #expect(throws: FeatureError.self) {
            try LabelledSparseRows(
                libsvmText: text, featureCount: code == "outOfRange" ? 3 : nil, name: "f")
        }
        #expect(error?.code.description == code)
        #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
    }

    @Test func countsOfLabelsMustAgree() {
        let features = SparseMatrix<Double>.zeros(2, 3)
        #expect(throws: FeatureError.self) {
            try LabelledSparseRows(features: features, labels: [1])
        }
        #expect(throws: FeatureError.self) {
            try LabelledSparseRows(features: features, labels: [1, 2], queries: [1])
        }
        #expect(throws: FeatureError.self) {
            try LabelledSparseRows(libsvmText: "1 0:1", indexBase: .one)
        }
    }
}
