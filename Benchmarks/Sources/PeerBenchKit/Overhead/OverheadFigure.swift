// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// What we cost on top of the plain way of doing the same: one line of JSON.
package struct OverheadFigure: Encodable, Sendable {
    /// What is measured, such as `overhead.matmul.f64.4` or `ledger.block.200`.
    package let id: String

    /// What it costs.
    package let value: Double

    /// The unit of `value` and `limit`: `ns` and `MiB` are added, `x` is a factor, `µs` is
    /// the whole time.
    package let unit: String

    /// What it may cost.
    package let limit: Double

    /// The line, without its end.
    package func jsonLine() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Every figure, one after the other; takes about twenty seconds in a release build.
    ///
    /// - Throws: ``BenchmarkError`` when a result is wrong or the system does not tell its memory.
    package static func all() throws -> [OverheadFigure] {
        // The memory first, before others fill it.
        let memory = try transposedProductMemory(size: 2048)
        return try overheadPairs.map { try $0.figure() } + [
            memory, simulatedEvent(heights: 500), clusterTransaction(count: 10_000),
        ]
    }
}
