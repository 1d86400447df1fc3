// SPDX-License-Identifier: Apache-2.0

/// An element type of `.npy` files that can become a tensor's.
struct NPYElementType {
    enum Kind {
        case float
        case signed
        case unsigned
        case boolean
    }

    let kind: Kind

    /// Bytes per element.
    let size: Int
    let isBigEndian: Bool

    /// The type of NumPy's name, such as `<f8`; nil for complex numbers, text, records and others.
    init?(_ name: String) {
        let characters = Array(name)
        guard characters.count == 3, let size = characters[2].wholeNumberValue else { return nil }
        switch (characters[1], size) {
        case ("f", 2), ("f", 4), ("f", 8): kind = .float
        case ("i", 1), ("i", 2), ("i", 4), ("i", 8): kind = .signed
        case ("u", 1), ("u", 2), ("u", 4), ("u", 8): kind = .unsigned
        case ("b", 1): kind = .boolean
        default: return nil
        }
        guard characters[0] == "<" || characters[0] == ">" || (characters[0] == "|" && size == 1)
        else { return nil }
        self.size = size
        isBigEndian = characters[0] == ">"
    }

    /// NumPy's name of a tensor's elements as they lie in memory.
    static func name<Scalar: LinearAlgebraScalar>(of type: Scalar.Type) -> String {
        (hostIsLittleEndian ? "<" : ">") + "f\(MemoryLayout<Scalar>.size)"
    }

    /// The integer or truth value in `size` bytes.
    func integer(_ bytes: ArraySlice<UInt8>) -> (isNegative: Bool, magnitude: UInt64) {
        var bits: UInt64 = 0
        for byte in isBigEndian ? Array(bytes) : bytes.reversed() {
            bits = bits << 8 | UInt64(byte)
        }
        switch kind {
        case .boolean: return (false, bits == 0 ? 0 : 1)
        case .unsigned, .float: return (false, bits)
        case .signed:
            let unused = UInt64(64 - 8 * size)
            let value = Int64(bitPattern: bits << unused) >> Int64(unused)
            return (value < 0, value.magnitude)
        }
    }
}
