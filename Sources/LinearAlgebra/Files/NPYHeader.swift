// SPDX-License-Identifier: Apache-2.0

/// What a `.npy` file says about its array before the elements.
///
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
struct NPYHeader: Equatable {
    /// NumPy's name of the element type, such as `<f8`.
    var elementType: String

    /// Whether the first index runs fastest.
    var isFortranOrder = false

    /// The length of each dimension.
    var shape: [Int]

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// The header of `window`, and the position of the first element.
    static func read(_ window: ByteWindow) throws(TensorFileError) -> (NPYHeader, end: Int) {
        let start = try window.bytes(at: 0, count: min(8, window.count))
        guard start.starts(with: magic.prefix(start.count)), !start.isEmpty else {
            throw window.failure(.foreign(expected: ".npy"))
        }
        guard start.count == 8 else {
            throw window.failure(.truncated(needed: 8, found: start.count))
        }
        let (major, minor) = (Int(start[6]), Int(start[7]))
        guard (1...3).contains(major), minor == 0 else {
            throw window.failure(.unsupportedVersion(major: major, minor: minor))
        }
        let fieldSize = major == 1 ? 2 : 4
        var field = LittleEndianReader(
            try window.bytes(at: 8, count: fieldSize), name: window.name)
        let length = Int(
            major == 1 ? UInt32(try field.integer(UInt16.self)) : try field.integer(UInt32.self))
        let text = try window.bytes(at: 8 + fieldSize, count: length)
        return (try NPYHeader(dictionary: text, name: window.name), 8 + fieldSize + length)
    }

    /// The bytes before the first element, as NumPy writes them: padded to a multiple of 64.
    var bytes: [UInt8] {
        let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var text = Array(
            """
            {'descr': '\(elementType)', 'fortran_order': \(isFortranOrder ? "True" : "False"), \
            'shape': (\(lengths)), }
            """.utf8)
        let unpadded = Self.magic.count + 4 + text.count + 1
        text += [UInt8](repeating: 0x20, count: (64 - unpadded % 64) % 64)
        text.append(0x0A)
        var bytes = Self.magic + [1, 0]
        bytes.append(littleEndian: UInt16(text.count))
        return bytes + text
    }
}
