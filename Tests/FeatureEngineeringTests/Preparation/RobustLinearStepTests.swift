// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR2: the robustLinear preset by hand")
struct RobustLinearStepTests {
    /// 200 rows: a long tail, a value that is missing once, and two levels of one row each.
    private func loans() throws -> Table {
        let balances: [Double?] = (0..<200).map { $0 == 7 ? nil : Double($0 * $0 * $0) }
        let levels: [String?] = (0..<200).map { row in
            switch row {
            case 0: "x"
            case 1: "y"
            default: row % 3 == 0 ? "a" : "b"
            }
        }
        return try Table([
            .numeric("balance", balances), .numeric("age", (0..<200).map { Double(20 + $0 % 50) }),
            .categorical("purpose", levels), .text("note", levels),
        ])
    }

    @Test func everyRowIsFiniteAndOfOneScale() throws {
        let table = try loans()
        let fit = try Pipeline.robustLinear(excluding: ["note"]).fitTransform(table)
        #expect(
            fit.features.names
                == ["balance", "age", "purpose=b", "purpose=(rare)", "balance (missing)"])
        for column in 0..<5 {
            let values = fit.features.matrix.column(column).elements
            expectClose(values.reduce(0, +) / 200, 0, absolute: 1e-13)
            expectClose(values.reduce(0) { $0 + $1 * $1 } / 200, 1, relative: 1e-12)
        }
        // The indicator of one row in 200 outlives the clipping.
        #expect(fit.features.matrix[7, 4] > 10 && fit.features.matrix[8, 4] < 0)
        // Two rare levels and a new one are the same; a balance far out is that of the quantile.
        let odd = try Table([
            .numeric("balance", [1e12, nil, nil, 199.0 * 199 * 199]),
            .numeric("age", [30, 30, 30, 30]), .categorical("purpose", ["x", "y", "new", nil]),
        ])
        let features = try fit.pipeline.transform(odd).matrix
        #expect(features.row(1) == features.row(2))
        #expect(features[0, 0] == features[3, 0] && features[0, 3] == features[1, 3])
        #expect(features[3, 2] == fit.features.matrix[4, 2], "a missing level is the mode")
    }
}
