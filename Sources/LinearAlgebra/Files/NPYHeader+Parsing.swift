// SPDX-License-Identifier: Apache-2.0

extension NPYHeader {
    /// Reads the literal of a Python dictionary with the three keys of the format.
    init(dictionary: [UInt8], name: String) throws(TensorFileError) {
        var literal = PythonLiteral(bytes: dictionary, name: name)
        var elementType: String?
        var isFortranOrder: Bool?
        var shape: [Int]?
        try literal.expect("{")
        while !literal.skip("}") {
            let key = try literal.string()
            try literal.expect(":")
            switch key {
            case "descr" where elementType == nil: elementType = try literal.string()
            case "fortran_order" where isFortranOrder == nil:
                isFortranOrder = try literal.boolean()
            case "shape" where shape == nil: shape = try literal.tuple()
            default: throw literal.failure
            }
            if !literal.skip(",") {
                try literal.expect("}")
                break
            }
        }
        guard literal.isAtEnd, let elementType, let isFortranOrder, let shape else {
            throw literal.failure
        }
        self.init(elementType: elementType, isFortranOrder: isFortranOrder, shape: shape)
    }
}

/// The few forms of Python literals that a header is made of.
private struct PythonLiteral {
    let bytes: [UInt8]
    let name: String
    private var position = 0

    init(bytes: [UInt8], name: String) { (self.bytes, self.name) = (bytes, name) }

    /// Where reading stopped; also for types that are lists, which name the fields of records.
    var failure: TensorFileError {
        TensorFileError(
            code: .malformed("the .npy header is not understood at its byte \(position)"),
            name: name)
    }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return position == bytes.count
        }
    }

    mutating func skip(_ token: StaticString) -> Bool {
        skipSpace()
        let matches = token.withUTF8Buffer { bytes[position...].starts(with: $0) }
        if matches { position += token.utf8CodeUnitCount }
        return matches
    }

    mutating func expect(_ token: StaticString) throws(TensorFileError) {
        guard skip(token) else { throw failure }
    }

    mutating func string() throws(TensorFileError) -> String {
        let quote: UInt8 = skip("'") ? 0x27 : 0x22
        if quote == 0x22 { try expect("\"") }
        guard let end = bytes[position...].firstIndex(of: quote) else { throw failure }
        defer { position = end + 1 }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    mutating func boolean() throws(TensorFileError) -> Bool {
        if skip("True") { return true }
        try expect("False")
        return false
    }

    mutating func tuple() throws(TensorFileError) -> [Int] {
        var numbers: [Int] = []
        try expect("(")
        while !skip(")") {
            numbers.append(try number())
            if !skip(",") {
                // A single number in parentheses is not a tuple in Python.
                guard numbers.count > 1 else { throw failure }
                try expect(")")
                break
            }
        }
        return numbers
    }

    private mutating func number() throws(TensorFileError) -> Int {
        skipSpace()
        let digits = bytes[position...].prefix { (0x30...0x39).contains($0) }
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { throw failure }
        position = digits.endIndex
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x0A {
            position += 1
        }
    }
}
