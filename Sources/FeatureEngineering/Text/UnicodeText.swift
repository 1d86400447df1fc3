// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
    /// Whether words are made of it: letters, everything with a numeric value, and `_`.
    var isWordCharacter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            true
        default: properties.numericType != nil || self == "_"
        }
    }

    /// White space, and the four ASCII separators, which Unicode counts as controls.
    var isBlank: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }

    /// The scalar that begins at `index` of valid UTF-8, and its length in bytes.
    @inline(__always)
    static func decode(
        _ bytes: UnsafePointer<UInt8>, at index: Int
    ) -> (scalar: Unicode.Scalar, length: Int) {
        let first = UInt32(bytes[index])
        func continuation(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 0x3F) }
        let (value, length): (UInt32, Int) =
            if first < 0x80 {
                (first, 1)
            } else if first < 0xE0 {
                ((first & 0x1F) << 6 | continuation(1), 2)
            } else if first < 0xF0 {
                ((first & 0x0F) << 12 | continuation(1) << 6 | continuation(2), 3)
            } else {
                (
                    (first & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6
                        | continuation(3), 4
                )
            }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }
}

/// Lower case by Unicode's full mapping, with a final sigma where a Greek word ends.
func lowercasedWithFinalSigma(_ text: String) -> String {
    guard text.unicodeScalars.contains("\u{3A3}") else { return text.lowercased() }
    let scalars = Array(text.unicodeScalars)
    /// Whether the nearest scalar in a direction, case-ignorable ones skipped, has a case.
    func isCased(from index: Int, by step: Int) -> Bool {
        var index = index + step
        while scalars.indices.contains(index), scalars[index].properties.isCaseIgnorable {
            index += step
        }
        return scalars.indices.contains(index) && scalars[index].properties.isCased
    }
    var result = ""
    for (index, scalar) in scalars.enumerated() {
        if scalar == "\u{3A3}" {
            let isFinal = isCased(from: index, by: -1) && !isCased(from: index, by: 1)
            result += isFinal ? "\u{3C2}" : "\u{3C3}"
        } else {
            result += scalar.properties.lowercaseMapping
        }
    }
    return result
}

/// What an ASCII byte is in a text.
enum ByteClass {
    static let word: UInt8 = 1
    static let blank: UInt8 = 2

    /// The class of each ASCII byte; 0 for what is neither.
    static let ofASCII: [UInt8] = (0..<128).map { (byte: UInt8) -> UInt8 in
        let scalar = Unicode.Scalar(byte)
        return scalar.isWordCharacter ? word : scalar.isBlank ? blank : 0
    }
}
