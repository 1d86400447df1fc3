// SPDX-License-Identifier: Apache-2.0

extension CanonicalEncoder {
    /// Writes a list of strings.
    package mutating func encode(strings: [String]) {
        encode(strings) { $0.encode($1) }
    }

    /// Writes a case by its name, so that reordering the cases changes no file.
    package mutating func encode(caseOf value: some RawRepresentable<String>) {
        encode(value.rawValue)
    }
}

extension CanonicalDecoder {
    /// Reads a list of strings.
    package mutating func decodeStrings() throws(CanonicalDecodingError) -> [String] {
        try decodeArray { (decoder) throws(CanonicalDecodingError) in try decoder.decodeString() }
    }

    /// Reads a list of numbers.
    package mutating func decodeDoubles() throws(CanonicalDecodingError) -> [Double] {
        try decodeArray { (decoder) throws(CanonicalDecodingError) in try decoder.decodeDouble() }
    }

    /// Reads a case by its name and refuses names that it does not know.
    package mutating func decodeCase<Value: RawRepresentable<String>>()
        throws(CanonicalDecodingError) -> Value
    {
        let name = try decodeString()
        guard let value = Value(rawValue: name) else { throw error("unknown choice '\(name)'") }
        return value
    }
}
