// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing

struct TableLabelsTests {
    private func table(_ values: [String?], levels: [String]? = nil) throws -> Table {
        try Table([.categorical("class", values, levels: levels)])
    }

    private func numeric(_ values: [Double?]) throws -> Table {
        try Table([.numeric("class", values)])
    }

    @Test func twoClassesBecomeLabels() throws {
        let table = try table(["1", "2", "1"], levels: ["1", "2", "3"])
        #expect(try table.labels("class", positive: "2") == [false, true, false])
        #expect(try table.labels("class", positive: "2", negative: "1") == [false, true, false])
        #expect(try table.labels("class", positive: "1", negative: "2") == [true, false, true])
        #expect(try numeric([1, 2, 1]).labels("class", positive: "2") == [false, true, false])
        #expect(
            try numeric([0, 1]).labels("class", positive: "1", negative: "0") == [false, true])
    }

    @Test func aThirdClassIsRefusedNamingRowAndValue() throws {
        for table in [try table(["1", "2", "1", "3"]), try numeric([1, 2, 1, 3])] {
            for negative in ["1", nil] {
                let error = #expect(throws: FeatureError.self) {
                    try table.labels("class", positive: "2", negative: negative)
                }
                #expect(error?.code == .unknownLevel)
                #expect(error?.row == 3 && error?.value == "3" && error?.column == "class")
                #expect(
                    error?.message
                        == "row 3, column 'class': '3' is not one of the 2 known levels (2, 1)")
            }
        }
    }

    @Test func missingClassesAreRefused() throws {
        for table in [try table(["1", nil]), try numeric([1, nil])] {
            let error = #expect(throws: FeatureError.self) {
                try table.labels("class", positive: "1")
            }
            #expect(error?.code == .missingValue && error?.row == 1)
        }
    }

    @Test func classesThatCannotOccurAreRefused() throws {
        let table = try table(["1", "2"])
        for (positive, negative) in [("3", nil), ("2", "0"), ("2", "2")] as [(String, String?)] {
            let error = #expect(throws: FeatureError.self) {
                try table.labels("class", positive: positive, negative: negative)
            }
            #expect(error?.code == .invalidParameter)
        }
        for positive in ["bad", "nan"] {
            let word = #expect(throws: FeatureError.self) {
                try numeric([1, 2]).labels("class", positive: positive)
            }
            #expect(word?.code == .invalidParameter && word?.value == positive)
        }
        let text = #expect(throws: FeatureError.self) {
            try Table([.text("class", ["1"])]).labels("class", positive: "1")
        }
        #expect(text?.code == .wrongKind)
        #expect(throws: FeatureError.self) { try table.labels("x", positive: "1") }
    }
}
