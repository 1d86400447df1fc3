// SPDX-License-Identifier: Apache-2.0

/// Reads little-endian integers one after the other.
struct LittleEndianReader {
    private let bytes: [UInt8]
    private let name: String
    private(set) var position = 0

    init(_ bytes: [UInt8], name: String) { (self.bytes, self.name) = (bytes, name) }

    var remainingCount: Int { bytes.count - position }

    mutating func integer<Value: FixedWidthInteger>(
        _ type: Value.Type
    ) throws(TensorFileError) -> Value {
        var value: Value = 0
        for (index, byte) in try take(MemoryLayout<Value>.size).enumerated() {
            value |= Value(truncatingIfNeeded: byte) << (8 * index)
        }
        return value
    }

    mutating func take(_ count: Int) throws(TensorFileError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remainingCount else {
            throw TensorFileError(
                code: .truncated(needed: position + count, found: bytes.count), name: name)
        }
        position += count
        return bytes[position - count..<position]
    }
}

extension [UInt8] {
    /// Appends the bytes of `value`, the lowest first.
    mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
        for index in 0..<MemoryLayout<Value>.size {
            append(UInt8(truncatingIfNeeded: value >> (8 * index)))
        }
    }
}

/// Whether the lowest byte of a number comes first in memory here.
let hostIsLittleEndian = Int(littleEndian: 1) == 1

/// Turns the order of the bytes of every element around.
func swapBytes<Scalar: LinearAlgebraScalar>(_ elements: inout [Scalar]) {
    elements.withUnsafeMutableBytes { bytes in
        let size = MemoryLayout<Scalar>.size
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<start + size].reverse()
        }
    }
}
