// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Foundation
internal import PeerBenchKit

@main
struct PeerBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "PeerBench",
        abstract: "Times swift-credit on the same work as its peers in other languages.",
        discussion: """
            Prints one JSON object a line for every id it knows and skips the others in \
            silence. An id whose result is wrong has no line: the error goes to standard \
            error and the exit status is 1.
            """)

    @Option(help: "The folder of input arrays.")
    var data = "peerdata"

    @Option(help: "The ids, separated by commas; all published ones when left out.")
    var ids: String?

    @Option(help: "The name of this peer in the results.")
    var peer = "swift-credit"

    @Option(help: "How many threads the work may use.")
    var threads = 2

    @Option(help: "How many samples are taken of each id.")
    var reps = 7

    @Flag(help: "Print the published ids and stop.")
    var list = false

    @Flag(help: "Measure what we cost on top of plain code, and stop.")
    var overhead = false

    func validate() throws {
        guard threads >= 1, threads <= 1024 else {
            throw ValidationError("--threads \(threads) is not in 1...1024")
        }
        guard reps >= 1 else { throw ValidationError("--reps \(reps) is not positive") }
    }

    func run() throws {
        let published =
            publishedIDs.map(\.description)
            + featureBenchmarks.flatMap { benchmark in
                benchmark.sizes.map { "\(benchmark.name).\($0)" }
            }
        if list {
            for id in published { print(id) }
            return
        }
        if overhead {
            for figure in try OverheadFigure.all() { print(try figure.jsonLine()) }
            return
        }
        var plan = SamplingPlan()
        plan.sampleCount = reps
        let run = BenchmarkRun(
            dataDirectory: data, peer: peer, threadCount: threads, plan: plan)
        var failed = false
        for id in ids.map({ $0.split(separator: ",").map(String.init) }) ?? published {
            do {
                guard let result = try run.result(for: id) else { continue }
                print(try result.jsonLine())
                fflush(nil)
            } catch {
                FileHandle.standardError.write(Data("\(id): \(error)\n".utf8))
                failed = true
            }
        }
        if failed { throw ExitCode.failure }
    }
}
