// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct CompressedNPZTests {
    @Test func compressedArchivesOfNumPyAreRead() throws {
        let golden = try NumPyGolden.load()
        let archive = try NPZReader(bytes: Array(golden.compressed))
        #expect(archive.names == golden.archiveNames)
        let special = try archive.tensor("special_f8", as: Matrix<Double>.self)
        #expect(special.npyBytes == (try golden.file("special_f8")))
        let cube: Tensor<3, Float> = try archive.tensor("fortran_rank3_f4")
        #expect(try cube == Tensor(npyBytes: golden.file("fortran_rank3_f4")))
        #expect(try archive.tensor("Kreditbeträge", as: Matrix<Double>.self) == .zeros(0, 3))
    }

    /// The bytes of an archive of one matrix, longer than any buffer on the way.
    private func archive(_ matrix: Matrix<Double>) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try withFolder { folder in
            let path = folder.appending(path: "a.npz").path
            var writer = try NPZWriter(path: path, compression: .deflate)
            try writer.append(matrix, named: "m")
            try writer.append(Vector<Float>([0.5]), named: "v")
            try writer.finish()
            bytes = Array(try Data(contentsOf: URL(filePath: path)))
        }
        return bytes
    }

    @Test(arguments: propertySeeds(2))
    func archivesRoundTripAndAlwaysHaveTheSameBytes(seed: UInt64) throws {
        let noise = Matrix<Double>.random(.normal, shape: [300, 400], seed: seed)
        let steps = Matrix<Double>(rowCount: 300, columnCount: 400) { Double(($0 + $1) % 7) }
        for (matrix, largest) in [(noise, 1.0), (steps, 0.05), (.zeros(300, 400), 0.01)] {
            let bytes = try archive(matrix)
            #expect(Double(bytes.count) < largest * 8 * 120_000 + 600)
            #expect(try archive(matrix) == bytes)
            let reader = try NPZReader(bytes: bytes)
            #expect(try reader.tensor("m", as: Matrix<Double>.self) == matrix)
            #expect(try reader.tensor("v", as: Vector<Float>.self) == [0.5])
        }
    }

    /// No damage of one byte crashes or goes unseen in the compressed bytes.
    @Test func damageIsFound() throws {
        let file = try archive(Matrix(rows: [[1, 2, 3], [0.1, -7, 1e9]]))
        let position = try #require(directoryEntry(in: file))
        let stored = Int(file[position + 46 + 5 + 12])
        let start = 30 + 5 + 20
        for index in file.indices {
            var damaged = file
            damaged[index] ^= 0x41
            let found = code {
                _ = try NPZReader(bytes: damaged).tensor("m", as: Matrix<Double>.self)
            }
            guard (start..<start + stored).contains(index) else { continue }
            switch found {
            case .checksum, .malformed: break
            default: Issue.record("byte \(index): \(String(describing: found))")
            }
        }
    }

    @Test func forgedSizesAndForeignMethodsAreRefused() throws {
        let file = try archive(.zeros(40, 40))
        let position = try #require(directoryEntry(in: file))
        func found(_ offset: Int, _ bytes: [UInt8]) -> TensorFileError.Code? {
            var forged = file
            forged.replaceSubrange(position + offset..<position + offset + bytes.count, with: bytes)
            return code { _ = try NPZReader(bytes: forged).tensor("m", as: Matrix<Double>.self) }
        }
        let sizes = 46 + 5 + 4
        #expect(found(10, [12, 0]) == .compressedEntry(method: 12))
        // 2^56 bytes: refused before anything is allocated.
        let huge = found(sizes, [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(
            huge
                == .malformed(
                    "the compressed data is damaged: \(file[position + sizes + 8]) compressed bytes "
                        + "cannot hold \(1 << 56)"))
        let count = 128 + 8 * 1600
        for (declared, part) in [(count - 1, "more than"), (count + 1, "\(count) of")] {
            let bytes = withUnsafeBytes(of: UInt64(declared).littleEndian) { Array($0) }
            guard case .malformed(let what)? = found(sizes, bytes) else {
                Issue.record("\(declared) bytes are taken for \(count)")
                continue
            }
            #expect(what.contains(part))
        }
        // One compressed byte is missing.
        guard case .malformed(let what)? = found(sizes + 8, [file[position + sizes + 8] - 1])
        else {
            Issue.record("a short entry is taken for whole")
            return
        }
        #expect(what.hasSuffix("it ends early"))
    }

    /// Where the first line of the archive's directory begins.
    private func directoryEntry(in file: [UInt8]) -> Int? {
        file.indices.first { file[$0...].starts(with: [0x50, 0x4B, 1, 2]) }
    }
}
