// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing

@Suite struct NPZTests {
    @Test func archivesOfNumPyAreRead() throws {
        let golden = try NumPyGolden.load()
        let archive = try NPZReader(bytes: Array(golden.archive))
        #expect(archive.names == golden.archiveNames && archive.names.count == 4)
        let special = try archive.tensor("special_f8", as: Matrix<Double>.self)
        #expect(special.npyBytes == (try golden.file("special_f8")))
        let cube: Tensor<3, Float> = try archive.tensor("fortran_rank3_f4")
        #expect(try cube == Tensor(npyBytes: golden.file("fortran_rank3_f4")))
        #expect(try archive.tensor("Kreditbeträge", as: Matrix<Double>.self) == .zeros(0, 3))
        #expect(try NPZReader(bytes: Array(golden.emptyArchive)).names.isEmpty)
    }

    @Test func whatIsNotThereIsRefused() throws {
        let golden = try NumPyGolden.load()
        let archive = try NPZReader(bytes: Array(golden.archive))
        #expect(code { _ = try archive.tensor("none", as: Vector<Double>.self) } == .missingEntry)
        #expect(
            code { _ = try archive.tensor("special_f8", as: Vector<Double>.self) }
                == .rank(expected: 1, found: 2))
        #expect(
            code { _ = try NPZReader(bytes: golden.file("special_f8")) }
                == .foreign(expected: ".npz"))
        #expect(code { _ = try NPZReader(bytes: []) } == .foreign(expected: ".npz"))
    }

    @Test func everyTruncationIsRefused() throws {
        let file = Array(try NumPyGolden.load().archive)
        for count in stride(from: 0, to: file.count, by: 7) {
            #expect(code { _ = try NPZReader(bytes: Array(file[..<count])) } != nil, "\(count)")
        }
    }

    /// No damage of one byte crashes, and none inside the elements goes unseen.
    @Test func damageIsFoundByTheChecksum() throws {
        try withFolder { folder in
            let path = folder.appending(path: "a.npz").path
            var writer = try NPZWriter(path: path)
            try writer.append(Vector([1.0, 2, 3]), named: "v")
            try writer.finish()
            let file = Array(try Data(contentsOf: URL(filePath: path)))
            let start = 30 + 5 + 20
            for index in file.indices {
                var damaged = file
                damaged[index] ^= 0x41
                let found = code {
                    _ = try NPZReader(bytes: damaged).tensor("v", as: Vector<Double>.self)
                }
                guard (start..<start + 152).contains(index) else { continue }
                guard case .checksum = found else {
                    Issue.record("byte \(index): \(String(describing: found))")
                    continue
                }
            }
        }
    }

    @Test func archivesRoundTripAndAlwaysHaveTheSameBytes() throws {
        try withFolder { folder in
            let paths = ["a.npz", "b.npz"].map { folder.appending(path: $0).path }
            let matrix = Matrix<Double>(rowCount: 200, columnCount: 700) { Double($0 - $1) / 3 }
            for path in paths {
                var writer = try NPZWriter(path: path)
                try writer.append(matrix, named: "features")
                try writer.append(Vector<Float>([0.5]), named: "grün/x")
                try writer.append(Tensor<4, Double>.zeros(shape: [1, 0, 2, 2]), named: "empty")
                #expect(
                    code { try writer.append(Vector([1.0]), named: "empty") } == .duplicateEntry)
                #expect(code { try writer.append(Vector([1.0]), named: "") } == .invalidName)
                #expect(code { try writer.append(Vector([1.0]), named: "a\0") } == .invalidName)
                try writer.finish()
            }
            let archive = try NPZReader(path: paths[0])
            #expect(archive.names == ["features", "grün/x", "empty"])
            #expect(try archive.tensor("features", as: Matrix<Double>.self) == matrix)
            #expect(try archive.tensor("grün/x", as: Vector<Double>.self) == [0.5])
            #expect(try archive.tensor("empty", as: Tensor<4, Double>.self).shape[3] == 2)
            let bytes = try paths.map { try Data(contentsOf: URL(filePath: $0)) }
            #expect(bytes[0] == bytes[1])
        }
    }

    @Test func unfinishedArchivesLeaveNothing() throws {
        try withFolder { folder in
            func begin() throws {
                var writer = try NPZWriter(path: folder.appending(path: "a.npz").path)
                try writer.append(Vector([1.0]), named: "v")
            }
            try begin()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    /// A disk that is full ends in an error, a failed append cannot be finished, and nothing
    /// remains; the child process plays the full disk with a limit on the size of files.
    @Test func aFullDiskLeavesNothing() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
            signal(SIGXFSZ, SIG_IGN)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try withFolder { folder in
                let path = folder.appending(path: "a").path
                let full = TensorFileError.Code.system(call: "write", number: EFBIG)
                try Vector([1.0]).write(npyFile: path)
                let large = Vector<Double>.zeros(1000)
                try require(code { try large.write(npyFile: path) } == full)
                try require(code { try large.write(rawFile: path) } == full)
                var writer = try NPZWriter(path: path)
                try require(code { try writer.append(large, named: "large") } == full)
                do {
                    try writer.finish()
                    try require(false)
                } catch let error as TensorFileError {
                    try require(error.code == full)
                }
                try require(Vector<Double>(npyFile: path) == [1])
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                try require(names == ["a"])
            }
        }
    }

    /// Reads all files of NumPy, writes them with our code, and reads them again; where
    /// CREDIT_NUMPY_CHECK names a folder they stay there for
    /// `Scripts/golden/linear_algebra_files.py --check`.
    @Test func everyFileIsWrittenForNumPyToRead() throws {
        let cases = try NumPyGolden.load().cases.filter { !$0.name.hasPrefix("version") }
        try withFolder { temporary in
            let folder =
                ProcessInfo.processInfo.environment["CREDIT_NUMPY_CHECK"]
                .map { URL(filePath: $0) } ?? temporary
            var writer = try NPZWriter(path: folder.appending(path: "all.npz").path)
            var compressed = try NPZWriter(
                path: folder.appending(path: "compressed.npz").path, compression: .deflate)
            func write<let rank: Int>(
                _ file: NumPyGolden.Case, _: Tensor<rank, Double>.Type,
                _ writer: inout NPZWriter, _ compressed: inout NPZWriter
            ) throws {
                let tensor = try Tensor<rank, Double>(npyBytes: Array(file.file))
                try tensor.write(npyFile: folder.appending(path: "\(file.name).npy").path)
                try tensor.write(rawFile: folder.appending(path: "\(file.name).raw").path)
                try writer.append(tensor, named: file.name)
                try compressed.append(tensor, named: file.name)
            }
            for file in cases {
                switch file.shape.count {
                case 0: try write(file, Tensor<0, Double>.self, &writer, &compressed)
                case 1: try write(file, Tensor<1, Double>.self, &writer, &compressed)
                case 2: try write(file, Tensor<2, Double>.self, &writer, &compressed)
                case 3: try write(file, Tensor<3, Double>.self, &writer, &compressed)
                default: try write(file, Tensor<4, Double>.self, &writer, &compressed)
                }
            }
            try writer.finish()
            try compressed.finish()
            var single = try NPZWriter(path: folder.appending(path: "float.npz").path)
            try single.append(Vector<Float>([0.1, 0.2]), named: "Kreditbeträge")
            try single.finish()
            for name in ["all.npz", "compressed.npz"] {
                let archive = try NPZReader(path: folder.appending(path: name).path)
                #expect(archive.names == cases.map(\.name))
            }
        }
    }
}
