// SPDX-License-Identifier: Apache-2.0

import Foundation
import PeerBenchKit
import Testing

@Suite struct PeerWorkloadsTests {
    /// The Python peers know the same operations in the same sizes and order.
    @Test func peersShareOperationsAndSizes() throws {
        let text = try workloads
        let peers = text.matches(of: /\n    "(\w+)": \(\(([0-9_, ]+)\), \(/).map { match in
            let sizes = match.2.replacing("_", with: "").split(separator: ",").compactMap {
                Int($0.trimmingCharacters(in: .whitespaces))
            }
            return "\(match.1) \(sizes)"
        }
        #expect(peers == linearAlgebraBenchmarks.map { "\($0.operation) \($0.sizes)" })
    }

    /// And the same features.
    @Test func peersShareFeatures() throws {
        let text = try workloads
        let peers = text.matches(of: /\n    "([\w.]+)": \(\(([\w", -]+)\), "([\w-]+)",/).map {
            match in
            let sizes = match.2.matches(of: /[\w-]+/).map { String($0.0) }
            return "\(match.1) \(sizes) \(match.3)"
        }
        #expect(peers == featureBenchmarks.map { "\($0.name) \($0.sizes) \($0.smallSize)" })
    }

    private var workloads: String {
        get throws {
            let file = URL(filePath: #filePath).appending(path: "../../../Peers/workloads.py")
            return try String(contentsOf: file.standardizedFileURL, encoding: .utf8)
        }
    }
}
