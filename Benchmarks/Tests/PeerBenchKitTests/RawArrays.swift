// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra

/// A temporary folder with small input arrays, written as the peers' generator writes them.
struct RawArrays: ~Copyable {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(
            path: "peerbench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let (x, a) = (normals(2000, seed: 100), normals(16_000, seed: 101))
        try write("la_x", Array(x[..<1000]))
        try write("la_y", Array(x[1000...]))
        try write("la_A", a)
        try write("la_B", a.reversed())
        let square = Matrix(rowCount: 12, columnCount: 12, elements: normals(144, seed: 102))
        try write("la_spd12", (square.gram() / 12 + Matrix.identity(12)).elements)
        try write("la_sym12", (0.5 * (square + square.transposed.materialized())).elements)
        try Data((0..<64_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 4) }).write(
            to: directory.appending(path: "ledger_leaves_u8.bin"))
        var stream = RandomStream(seed: 103)
        let words = ["loan", "car", "debt", "house", "x", "repair", "credit"]
        let lines = (0..<500).map { _ in
            (0..<8).map { _ in words[stream.integer(below: words.count)] }.joined(separator: " ")
                + ". end\n"
        }
        try Data(lines.joined().utf8).write(to: directory.appending(path: "text_500.txt"))
        // 2000 edges over 401 nodes, none from a node to itself, some of them twice.
        let ends = (0..<2000).flatMap { edge -> [Int32] in
            let from = stream.integer(below: 400)
            return [Int32(from), Int32(edge % 3 == 0 ? 400 : (from + 1 + edge % 7) % 400)]
        }
        try ends.withUnsafeBytes { Data($0) }.write(
            to: directory.appending(path: "network_2k.bin"))
        try Data((0..<2000 * 64).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }).write(
            to: directory.appending(path: "ledger_entries_2k.bin"))
        let tabular = normals(1000 * 30, seed: 104)
        try write("t200k30_Xtr", tabular)
        let outcomes = (0..<1000).map { row -> UInt8 in
            tabular[row * 30] + tabular[row * 30 + 1] + stream.normal() > 1 ? 1 : 0
        }
        try Data(outcomes).write(to: directory.appending(path: "t200k30_ytr_u8.bin"))
        try write("t200k30_Xte", Array(tabular.suffix(200 * 30)))
        try Data(outcomes.suffix(200)).write(to: directory.appending(path: "t200k30_yte_u8.bin"))
        let probabilities = tabular.prefix(2000).map { 1 / (1 + exp(-$0)) }
        try write("metrics_score", Array(probabilities))
        let happened = probabilities.map { UInt8(stream.uniform() < $0 ? 1 : 0) }
        try Data(happened).write(to: directory.appending(path: "metrics_y_u8.bin"))
        for (name, columnCount) in [("t200k50", 50), ("t1m50", 50), ("t50k20", 20), ("dbn8", 8)] {
            try write("\(name)_Xtr", normals(1000 * columnCount, seed: 106))
            try write("\(name)_Xte", normals(200 * columnCount, seed: 107))
            try Data(outcomes).write(to: directory.appending(path: "\(name)_ytr_u8.bin"))
        }
        // Sixteen variables as four bits of a thermometer each.
        let thresholds = [-0.84, -0.25, 0.25, 0.84]
        try write(
            "rbm_Xtr",
            (0..<1000 * 64).map { bit in
                tabular[bit / 64 * 30 + bit % 64 / 4] > thresholds[bit % 4] ? 1 : 0
            })
        try write("lstm_Xtr", normals(16 * 24 * 16, seed: 108))
        try Data((0..<16).map { UInt8($0 % 2) })
            .write(to: directory.appending(path: "lstm_ytr_u8.bin"))
        try Data(csv.utf8).write(to: directory.appending(path: "table_2k.csv"))
        try Data(rows.utf8).write(to: directory.appending(path: "rows_200.csv"))
        // Exponents, loss aversion, gammas, default probability, rate and reference of each lender.
        let ranges = [
            0.6..<1, 0.6..<1, 1.2..<3.2, 0.45..<0.9, 0.5..<0.95, 0..<0.3, 0.06..<0.3, 0..<0.05,
        ]
        try write(
            "behav_params",
            (0..<8000).map { stream.uniform(in: ranges[$0 % ranges.count]) })
    }

    /// What `csv.2k` reads.
    private var csv: String {
        var lines = [
            (0..<8).map { "x\($0)" } + (0..<4).map { "amount\($0)" } + (0..<4).map { "count\($0)" }
                + (0..<3).map { "level\($0)" } + ["day"]
        ]
        for row in 0..<2000 {
            let numbers = (1...12).map { "\(Double(row) / Double($0))" }
            lines.append(
                numbers.enumerated().map { row % 9 == 0 && $0 == 8 ? "" : $1 }
                    + (0..<4).map { "\(row * $0)" } + (0..<3).map { "l\((row + $0) % 4)" }
                    + ["2020-02-\(10 + row % 20)"])
        }
        return lines.map { $0.joined(separator: ",") + "\n" }.joined()
    }

    /// What `pipeline.row.200` reads: seven numbers and thirteen columns of levels.
    private var rows: String {
        let values = normals(8 * 200, seed: 105)
        var lines = [(0..<7).map { "x\($0)" } + (0..<13).map { "level\($0)" } + ["default"]]
        for row in 0..<200 {
            let numbers = values[(8 * row)..<(8 * row + 7)]
            lines.append(
                numbers.map { $0 > 2 ? "" : "\($0)" } + (0..<13).map { "l\((row + $0) % 4)" }
                    + [numbers[8 * row] + values[8 * row + 7] > 0.5 ? "1" : "0"])
        }
        return lines.map { $0.joined(separator: ",") + "\n" }.joined()
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    private func normals(_ count: Int, seed: UInt64) -> [Double] {
        Vector<Double>.random(.normal, shape: [count], seed: seed).elements
    }

    /// Writes the array in both element types.
    private func write(_ name: String, _ values: [Double]) throws {
        try values.withUnsafeBytes { Data($0) }.write(
            to: directory.appending(path: "\(name)_f64.bin"))
        try values.map { Float($0) }.withUnsafeBytes { Data($0) }.write(
            to: directory.appending(path: "\(name)_f32.bin"))
    }
}
