// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// What one peer measured for one id: one line of JSON.
package struct BenchmarkResult: Encodable, Sendable {
    /// The id that was measured.
    package let id: String

    /// Who measured.
    package let peer: String

    /// How many threads were allowed.
    package let threads: Int

    /// Seconds for one repetition of the work, one number per sample.
    package let times: [Double]

    /// The mean number of cores that were busy; near 1 with 2 threads means one after the other.
    package let busyCores: Double

    /// Errors against a reference, and single numbers to hold against another peer's.
    package let quality: [String: Double]

    /// The peak of memory beyond what was there before, input included; in MiB.
    package let peakMebibytes: Double

    /// The BLAS in use.
    package let blas: String

    private enum CodingKeys: String, CodingKey {
        case id, peer, threads, quality, blas
        case times = "times_s"
        case busyCores = "cpu_util"
        case peakMebibytes = "peak_mib"
    }

    /// The line, without its end.
    package func jsonLine() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
