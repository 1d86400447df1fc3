// SPDX-License-Identifier: Apache-2.0

import Foundation
import PeerBenchKit
import Testing

/// One test at a time: the thread count of the BLAS belongs to the whole process.
@Suite(.serialized) struct BenchmarkTests {
    /// Every benchmark in its small size: it runs, its result is right, it gives times and figures.
    @Test func smallSizes() throws {
        let arrays = try RawArrays()
        for benchmark in linearAlgebraBenchmarks {
            for elementType in BenchmarkID.ElementType.allCases {
                let id = BenchmarkID(
                    operation: benchmark.operation, elementType: elementType,
                    size: benchmark.smallSize
                ).description
                do {
                    let result = try #require(
                        try quickRun(arrays.directory.path).result(for: id))
                    #expect(result.id == id)
                    #expect(result.times.count == 2, "\(id)")
                    #expect(result.times.allSatisfy { $0 > 0 && $0.isFinite }, "\(id)")
                    #expect(result.quality.values.allSatisfy { $0.isFinite }, "\(id)")
                } catch {
                    Issue.record("\(id): \(error)")
                }
            }
        }
    }

    /// Every benchmark of features in its small size.
    @Test func smallFeatureSizes() throws {
        let arrays = try RawArrays()
        for benchmark in featureBenchmarks {
            let id = "\(benchmark.name).\(benchmark.smallSize)"
            do {
                let result = try #require(try quickRun(arrays.directory.path).result(for: id))
                #expect(result.id == id)
                #expect(result.times.count == 2, "\(id)")
                #expect(result.quality.values.allSatisfy { $0.isFinite }, "\(id)")
            } catch {
                Issue.record("\(id): \(error)")
            }
            #expect(throws: BenchmarkError.self) { try quickRun("/nowhere").result(for: id) }
        }
    }

    @Test func operationsAreDistinct() {
        let operations = linearAlgebraBenchmarks.map(\.operation)
        #expect(Set(operations).count == operations.count)
        #expect(Set(publishedIDs).count == publishedIDs.count)
        #expect(Set(featureBenchmarks.map(\.name)).count == featureBenchmarks.count)
    }

    /// The output of a benchmark is what the run gives out as one line of JSON.
    @Test func jsonLine() throws {
        let arrays = try RawArrays()
        let result = try #require(
            try quickRun(arrays.directory.path).result(for: "la.dot.f64.1000"))
        let line = try result.jsonLine()
        #expect(!line.contains("\n"))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["id"] as? String == "la.dot.f64.1000")
        #expect(object["peer"] as? String == "test")
        #expect(object["threads"] as? Int == 1)
        #expect((object["times_s"] as? [Double])?.count == 2)
        let quality = try #require(object["quality"] as? [String: Double])
        #expect(quality.keys.sorted() == ["check", "error_eps"])
    }

    @Test(arguments: [
        "la.gemm.f64", "la.gemm.f16.8", "la.gemm.f64.08", "la.gemm.f64.-8", "la.gemm.f64.0",
        "la.gemm.f64.8.1", "rf.50k.d12", "la.nothing.f64.8", "la.rowsum.f64.999", "",
    ])
    func unknownIDsAreSkipped(id: String) throws {
        // Nothing is read for them: there is no such folder.
        #expect(try quickRun("/nowhere").result(for: id) == nil)
    }

    @Test func missingAndShortFilesAreNamed() throws {
        let arrays = try RawArrays()
        let tooLarge = #expect(throws: BenchmarkError.self) {
            try quickRun(arrays.directory.path).result(for: "la.dot.f32.1001")
        }
        #expect(tooLarge?.code == .data)
        #expect(
            tooLarge?.message.hasSuffix("la_x_f32.bin has 1000 elements, 1001 are needed") == true)
        let missing = #expect(throws: BenchmarkError.self) {
            try quickRun(arrays.directory.path).result(for: "la.cholesky.f64.13")
        }
        #expect(missing?.message.hasSuffix("la_spd13_f64.bin") == true)
    }

    private func quickRun(_ directory: String) -> BenchmarkRun {
        var plan = SamplingPlan()
        plan.sampleCount = 2
        plan.sampleSeconds = 0
        plan.warmUpSeconds = 0
        return BenchmarkRun(
            dataDirectory: directory, peer: "test", threadCount: 1, plan: plan)
    }
}
