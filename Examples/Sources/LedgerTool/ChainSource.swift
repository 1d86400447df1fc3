// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger

/// A file that is a chain or an exported chain, and what it must begin with.
struct ChainSource {
    let url: URL
    let genesis: Genesis?
    /// Whether it is an exported chain.
    let isExport: Bool

    init(_ path: String, genesis: String?) throws {
        url = URL(fileURLWithPath: path)
        self.genesis = try genesis.map { try Genesis(canonicalBytes: read($0)) }
        let start = try FileHandle(forReadingFrom: url).read(upToCount: 12) ?? Data()
        isExport = start == Data("swift-credit".utf8)
    }
}
