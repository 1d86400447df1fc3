// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct NPYTests {
    private func check<let rank: Int>(_ file: NumPyGolden.Case, _: Tensor<rank, Double>.Type) throws
    {
        let read = try Tensor<rank, Double>(npyBytes: Array(file.file))
        #expect(read.shape.indices.map { read.shape[$0] } == file.shape, "\(file.name)")
        #expect(sameBits(read.elements, doubles(file.values)), "\(file.name)")
        if file.descr.hasSuffix("f4") || file.descr.hasSuffix("f2") {
            let single = try Tensor<rank, Float>(npyBytes: Array(file.file))
            #expect(sameBits(Tensor<rank, Double>(single).elements, doubles(file.values)))
        }
        let again = try Tensor<rank, Double>(npyBytes: read.npyBytes)
        #expect(sameBits(again.elements, read.elements))
    }

    @Test func filesOfNumPyAreRead() throws {
        let cases = try NumPyGolden.load().cases
        #expect(cases.count >= 20)
        for file in cases {
            switch file.shape.count {
            case 0: try check(file, Tensor<0, Double>.self)
            case 1: try check(file, Tensor<1, Double>.self)
            case 2: try check(file, Tensor<2, Double>.self)
            case 3: try check(file, Tensor<3, Double>.self)
            default: try check(file, Tensor<4, Double>.self)
            }
        }
    }

    @Test func ourBytesAreThoseOfNumPy() throws {
        let golden = try NumPyGolden.load()
        func expectSame<let rank: Int, Scalar>(_ name: String, _: Tensor<rank, Scalar>.Type) throws
        {
            let file = try golden.file(name)
            #expect(try Tensor<rank, Scalar>(npyBytes: file).npyBytes == file, "\(name)")
        }
        try expectSame("special_f8", Matrix<Double>.self)
        try expectSame("special_f4", Matrix<Float>.self)
        try expectSame("rank0_f8", Tensor<0, Double>.self)
        try expectSame("rank4_f8", Tensor<4, Double>.self)
        try expectSame("empty_f8", Matrix<Double>.self)
    }

    @Test func typesThatDoNotFitAreRefused() throws {
        let golden = try NumPyGolden.load()
        for file in golden.refused {
            let found = code { _ = try Vector<Double>(npyBytes: Array(file.file)) }
            switch (file.name, found) {
            case ("record", .malformed): break
            case ("inexact_i8", .inexact(index: 1, value: "9007199254740993")): break
            case ("c16", .elementType(expected: "Double", found: "<c16")): break
            case ("f2", .elementType(expected: "Double", found: "<f2")): break
            case ("f16", .elementType), ("U3", .elementType), ("date", .elementType): break
            default: Issue.record("\(file.name): \(String(describing: found))")
            }
        }
        let special = try golden.file("special_f8")
        #expect(
            code { _ = try Matrix<Float>(npyBytes: special) }
                == .elementType(expected: "Float", found: "<f8"))
        #expect(
            code { _ = try Vector<Double>(npyBytes: special) } == .rank(expected: 1, found: 2))
        let large = try golden.file("limits_i4")
        #expect(
            code { _ = try Vector<Float>(npyBytes: large) }
                == .inexact(index: 1, value: "2147483647"))
        #expect(try Vector<Float>(npyBytes: golden.file("limits_i2")) == [-32768, 32767, 1])
    }

    @Test func everyTruncationIsRefused() throws {
        let file = try NumPyGolden.load().file("special_f8")
        for count in file.indices {
            let found = code { _ = try Matrix<Double>(npyBytes: Array(file[..<count])) }
            switch (count, found) {
            case (0, .foreign), (1..., .truncated(_, found: count)): break
            default: Issue.record("\(count) bytes: \(String(describing: found))")
            }
        }
        #expect(
            code { _ = try Matrix<Double>(npyBytes: file + [0]) }
                == .excessBytes(needed: file.count, found: file.count + 1))
    }

    @Test func foreignAndBrokenHeadersAreRefused() throws {
        #expect(
            code { _ = try Vector<Double>(npyBytes: Array("1.0,2.0\n".utf8)) }
                == .foreign(expected: ".npy"))
        var version = Vector([1.0]).npyBytes
        version[6] = 4
        #expect(
            code { _ = try Vector<Double>(npyBytes: version) }
                == .unsupportedVersion(major: 4, minor: 0))
        let good = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }"
        #expect(try Vector<Double>(npyBytes: file(good)) == [0])
        let tight = "{\"shape\":(1,),\"fortran_order\":True,\"descr\":\"<f8\"}"
        #expect(try Vector<Double>(npyBytes: file(tight)) == [0])
        let broken = [
            "", "{", "{}", "[1]", good + "x", good.replacing("(1,)", with: "(1)"),
            good.replacing("(1,)", with: "(-1,)"), good.replacing("(1,)", with: "(1,"),
            good.replacing("(1,)", with: "1"), good.replacing("False", with: "0"),
            good.replacing("False", with: "None"), good.replacing("'shape'", with: "'size'"),
            good.replacing("'shape'", with: "'descr'"), good.replacing("'<f8'", with: "'<f8"),
            good.replacing("'<f8'", with: "[('a', '<f8')]"),
            good.replacing(", }", with: ", 'x': 1}"),
            good.replacing("(1,)", with: "(99999999999999999999,)"), good.replacing(":", with: " "),
            good.replacing("(1,)", with: "(4611686018427387904,)"),
        ]
        for header in broken {
            guard case .malformed = code({ _ = try Vector<Double>(npyBytes: file(header)) }) else {
                Issue.record("\(header)")
                continue
            }
        }
        let huge = good.replacing("(1,)", with: "(0, 4611686018427387904, 8)")
        guard case .malformed = code({ _ = try Tensor<3, Double>(npyBytes: file(huge)) }) else {
            Issue.record("\(huge)")
            return
        }
    }

    /// A file of one zero behind a header of any text.
    private func file(_ header: String) -> [UInt8] {
        let length = UInt8(header.utf8.count)
        return [0x93] + Array("NUMPY".utf8) + [1, 0, length, 0] + Array(header.utf8)
            + [UInt8](repeating: 0, count: 8)
    }

    @Test func filesOnDiskRoundTrip() throws {
        try withFolder { folder in
            let path = folder.appending(path: "a.npy").path
            let matrix = Matrix<Float>(rowCount: 300, columnCount: 500) {
                Float($0) / Float($1 + 1)
            }
            try matrix.write(npyFile: path)
            #expect(try Matrix<Float>(npyFile: path) == matrix)
            #expect(try Matrix<Double>(npyFile: path) == Matrix<Double>(matrix))
            try Vector([1.0]).write(npyFile: path)
            #expect(try Vector<Double>(npyFile: path) == [1])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.npy"])
            try Data(Vector([1.0]).npyBytes.dropLast(3)).write(to: URL(filePath: path))
            #expect(
                code { _ = try Vector<Double>(npyFile: path) }
                    == .truncated(needed: 136, found: 133))
        }
    }

    @Test func theSystemsRefusalsAreNamed() throws {
        try withFolder { folder in
            let missing = folder.appending(path: "none/a.npy").path
            #expect(
                code { _ = try Vector<Double>(npyFile: missing) }
                    == .system(call: "open", number: 2))
            #expect(
                code { try Vector([1.0]).write(npyFile: missing) }
                    == .system(call: "open", number: 2))
            #expect(code { _ = try Vector<Double>(npyFile: folder.path) } == .notRegularFile)
            #expect(
                code { try Vector([1.0]).write(npyFile: folder.path) }
                    == .system(call: "rename", number: 21))
            #expect(
                code { _ = try Vector<Double>(npyFile: "a\0b") }
                    == .system(call: "open", number: 22))
            let error = #expect(throws: TensorFileError.self) {
                try Vector<Double>(npyFile: missing)
            }
            #expect(error?.description == "\(missing): open failed with error 2")
        }
    }
}
