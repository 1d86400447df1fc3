// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Rows of arguments and 50-digit results rounded to doubles.
struct SpecialFunctionGolden: Decodable {
    var normal: [[Double]]
    var normalQuantile: [[Double]]
    var incompleteGamma: [[Double]]
    var incompleteBeta: [[Double]]
    var student: [[Double]]
    var studentQuantile: [[Double]]

    static func load() throws -> SpecialFunctionGolden {
        let url = Bundle.module.url(
            forResource: "special_functions", withExtension: "json", subdirectory: "Golden")
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url.unsafelyUnwrapped))
    }
}
