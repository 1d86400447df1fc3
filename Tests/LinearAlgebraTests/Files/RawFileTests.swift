// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing

@Suite struct RawFileTests {
    @Test func elementsAreLittleEndianAndNothingElse() throws {
        try withFolder { folder in
            let url = folder.appending(path: "a.raw")
            let matrix = Matrix(rows: [[1.0, -2], [0.5, .infinity], [0x1p-1074, -0.0]])
            try matrix.write(rawFile: url.path)
            #expect(try doubles(Data(contentsOf: url)) == matrix.elements)
            let read = try Matrix<Double>(rawFile: url.path, shape: [3, 2])
            #expect(sameBits(read.elements, matrix.elements))
            #expect(try Tensor<3, Float>(rawFile: url.path, shape: [3, 2, 2]).count == 12)
            #expect(
                code { _ = try Vector<Double>(rawFile: url.path, shape: [7]) }
                    == .truncated(needed: 56, found: 48))
            #expect(
                code { _ = try Vector<Double>(rawFile: url.path, shape: [5]) }
                    == .excessBytes(needed: 40, found: 48))
            try Vector<Float>([]).write(rawFile: url.path)
            #expect(try Data(contentsOf: url).isEmpty)
            #expect(try Matrix<Float>(rawFile: url.path, shape: [0, 3]) == .zeros(0, 3))
        }
    }
}
