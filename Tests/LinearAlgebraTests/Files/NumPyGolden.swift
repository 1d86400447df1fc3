// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra

/// What `Scripts/golden/linear_algebra_files.py` wrote.
struct NumPyGolden: Decodable {
    struct Case: Decodable {
        var name: String
        var descr: String
        var shape: [Int]
        var file: Data
        var values: Data
    }
    struct Refused: Decodable {
        var name: String
        var file: Data
    }
    struct Spacing: Decodable {
        var first: Double
        var last: Double
        var count: Int
        var values: Data
    }
    struct Permuted: Decodable {
        var order: [Int]
        var values: [Int]
    }

    var cases: [Case]
    var refused: [Refused]
    var archiveNames: [String]
    var archive: Data
    var compressed: Data
    var emptyArchive: Data
    var argsortKeys: Data
    var argsort: [Int]
    var sorted: Data
    var linearlySpaced: [Spacing]
    var permuted: [Permuted]
    var stacked: [[Int]]
    var concatenated: [[Int]]
    var split: [[[Int]]]

    static func load() throws -> NumPyGolden { try golden("files") }

    func file(_ name: String) throws -> [UInt8] {
        guard let found = cases.first(where: { $0.name == name }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return Array(found.file)
    }
}

/// Little-endian numbers.
func doubles(_ data: Data) -> [Double] {
    data.withUnsafeBytes { bytes in
        stride(from: 0, to: bytes.count, by: 8).map {
            Double(
                bitPattern: UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
        }
    }
}

/// Whether all numbers have the same bits; NaNs of any kind are the same.
func sameBits(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count
        && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
}

/// A folder that is removed after `body`.
func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
}

func code(_ body: () throws -> Void) -> TensorFileError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? TensorFileError)?.code
    }
}

/// Ends an exit test's process with an error.
func require(_ condition: Bool) throws {
    if !condition { throw CocoaError(.featureUnsupported) }
}
