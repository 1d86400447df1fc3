// SPDX-License-Identifier: Apache-2.0

import Foundation
import PeerBenchKit
import Testing

@Suite struct OverheadTests {
    /// Ours and the plain way agree; how long they take means nothing in a debug build.
    @Test func pairsAgree() throws {
        for pair in overheadPairs {
            let figure = try pair.figure(sampleCount: 2)
            #expect(figure.id == pair.id && figure.value.isFinite && figure.limit > 0)
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(figure.jsonLine().utf8))
                    as? [String: Any])
            #expect(Set(object.keys) == ["id", "value", "unit", "limit"])
        }
        #expect(Set(overheadPairs.map(\.id)).count == overheadPairs.count)
    }

    /// Small runs of the ledger's rates end with the right result.
    @Test func ledgerRates() throws {
        let event = try simulatedEvent(heights: 12, runs: 2)
        let transaction = try clusterTransaction(count: 60, runs: 1)
        #expect([event.id, transaction.id] == ["ledger.simulator", "ledger.cluster.4"])
        #expect(event.value > 0 && transaction.value > 0)
    }

    /// A product of transposed views allocates its result and nothing else.
    ///
    /// A process of its own, whose memory no other test fills.
    @Test func transposedProductsCopyNothing() async {
        await #expect(processExitsWith: .success) {
            let figure = try transposedProductMemory(size: 1024)
            // One operand would be 8 MiB.
            guard figure.value < figure.limit, figure.value > -figure.limit else {
                throw CocoaError(.featureUnsupported)
            }
        }
    }

    /// Every operation of the suites exists, and every operation is in a suite.
    @Test func suitesHoldEveryOperation() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../Benchmarks")
            .standardizedFileURL
        var operations: [String] = []
        for suite in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let text = try String(
                contentsOf: folder.appending(path: "\(suite)/\(suite).swift"), encoding: .utf8)
            operations += text.matches(of: /"(\w+)"/).map { String($0.1) }
        }
        #expect(operations.sorted() == linearAlgebraBenchmarks.map(\.operation).sorted())
    }

    /// Every benchmark runs on seeded arrays too, and has the right result.
    @Test func seededArrays() throws {
        for benchmark in linearAlgebraBenchmarks {
            let workload = try #require(
                try benchmark.workload(size: benchmark.smallSize, data: BenchmarkData<Double>()))
            try workload.run()
            #expect(try workload.check().values.allSatisfy { $0.isFinite })
        }
    }
}
