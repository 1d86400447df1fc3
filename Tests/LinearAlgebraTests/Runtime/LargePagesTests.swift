// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing

struct LargePagesTests {
    /// Around the size from which large pages are asked for, and where they begin and end.
    @Test(arguments: [1 << 19 - 1, 1 << 19, 1 << 19 + 1, 1 << 20 + 513])
    func everyElementIsThere(count: Int) throws {
        let ones = Vector<Double>.ones(count)
        #expect(ones.sum() == Double(count))
        var copy = ones
        copy[count - 1] = 5
        #expect((copy + ones)[count - 1] == 6 && ones[count - 1] == 1)
    }

    private static let areOnRequest =
        (try? String(contentsOfFile: "/sys/kernel/mm/transparent_hugepage/enabled", encoding: .utf8))
        .map { !$0.contains("[never]") } ?? false

    @Test(.enabled(if: areOnRequest, "the system has no large pages"))
    func aLargeTensorAsksForThem() throws {
        let tensor = Matrix<Double>.zeros(1024, 1024)
        let address = tensor.withSpan { span in
            span.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        }
        // The middle lies in whole pages; its mapping has the flag `hg`.
        let middle = address + 4 << 20
        var flags = "no mapping"
        var isInside = false
        let file = try #require(FileHandle(forReadingAtPath: "/proc/self/smaps"))
        let text = String(decoding: try #require(try file.readToEnd()), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let first = line.prefix { $0 != " " }
            let bounds = first.split(separator: "-").compactMap { UInt($0, radix: 16) }
            if bounds.count == 2 { isInside = bounds[0] <= middle && middle < bounds[1] }
            if isInside, first == "VmFlags:" { flags = String(line) }
        }
        #expect(flags.contains(" hg"))
        #expect(tensor.sum() == 0)
    }
}
