// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing

/// Proofs that were constructed a second time in Python.
struct ProofGolden: Decodable {
    struct Subtrees: Decodable {
        var start: UInt64
        var end: UInt64
        var hashes: [String]
    }

    var roots: [String]
    var ranges: [Subtrees]
    var verifierKeys: [String]
    var note: String
    var stateRoots: [String]

    static func load() throws -> ProofGolden {
        let url = try #require(
            Bundle.module.url(
                forResource: "proofs", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(ProofGolden.self, from: Data(contentsOf: url))
    }
}

/// The leaf at `index` of the golden logs.
func goldenLeaf(_ index: Int) -> [UInt8] { Array("leaf \(index)".utf8) }
