// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// Reads the tensor of a `.npy` file, as `numpy.save` writes it.
    ///
    /// Floating-point numbers of this element type are read as they are, narrower ones (`float16`,
    /// and `float32` as `Double`) exactly. Integers and booleans of any width are read where each value has an exact equal in
    /// the element type. Either byte order and either element order (C and Fortran) will do.
    ///
    /// - Throws: ``TensorFileError`` when the file cannot be read, is not a `.npy` file, is too
    ///   short or too long, or holds an array of another rank or element type.
    /// - Complexity: O(count); elements of this type go straight into the tensor's memory.
    public init(npyFile path: String) throws(TensorFileError) {
        try self.init(npy: ByteWindow(path: path))
    }

    /// Reads the tensor of the bytes of a `.npy` file; see ``init(npyFile:)``.
    ///
    /// - Throws: ``TensorFileError``, as for a file.
    public init(npyBytes bytes: [UInt8]) throws(TensorFileError) {
        try self.init(npy: ByteWindow(bytes: bytes, name: ".npy bytes"))
    }

    /// Writes a `.npy` file of version 1.0 that `numpy.load` reads; the same tensor always gives the
    /// same bytes.
    ///
    /// The file is written beside `path` and moved there when it is complete.
    ///
    /// - Throws: ``TensorFileError`` when the system refuses; what was at `path` is then still
    ///   there.
    public func write(npyFile path: String) throws(TensorFileError) {
        let file = try OutputFile(path: path)
        try file.write(npyHeader.bytes)
        try file.write(storage)
        try file.commit()
    }

    /// The bytes of the `.npy` file of this tensor.
    public var npyBytes: [UInt8] { npyHeader.bytes + storage.withUnsafeBytes { Array($0) } }

    var npyHeader: NPYHeader {
        NPYHeader(
            elementType: NPYElementType.name(of: Scalar.self),
            shape: shape.indices.map { shape[$0] })
    }

    init(npy window: ByteWindow) throws(TensorFileError) {
        let (header, start) = try NPYHeader.read(window)
        guard header.shape.count == rank else {
            throw window.failure(.rank(expected: rank, found: header.shape.count))
        }
        guard let type = NPYElementType(header.elementType),
            type.kind != .float || type.size <= MemoryLayout<Scalar>.size
        else {
            throw window.failure(
                .elementType(expected: "\(Scalar.self)", found: header.elementType))
        }
        let shape = InlineArray<rank, Int> { header.shape[$0] }
        guard let count = elementCount(of: shape), let byteCount = elementBytes(count, type.size)
        else {
            throw window.failure(.malformed("shape \(describe(shape)) is too large"))
        }
        try window.requireCount(start + byteCount)
        let elements = try Tensor.elements(window, start, count, type)
        guard header.isFortranOrder else {
            self.init(uncheckedShape: shape, storage: elements)
            return
        }
        let reversed = InlineArray<rank, Int> { shape[rank - 1 - $0] }
        self = Tensor(uncheckedShape: reversed, storage: elements)
            .permutingAxes(InlineArray { rank - 1 - $0 })
    }

    private static func elements(
        _ window: ByteWindow, _ start: Int, _ count: Int, _ type: NPYElementType
    ) throws(TensorFileError) -> [Scalar] {
        guard type.kind == .float else {
            return try integers(window, start, count, type)
        }
        if type.size == 2 {
            var halves: [UInt16] = try window.elements(at: start, count: count)
            if type.isBigEndian == hostIsLittleEndian { halves = halves.map(\.byteSwapped) }
            return halves.map { Scalar(Float(Float16(bitPattern: $0))) }
        }
        guard type.size == MemoryLayout<Scalar>.size else {
            let narrow = try Vector<Float>.elements(window, start, count, type)
            return Vector<Scalar>(Vector(narrow)).storage
        }
        var elements: [Scalar] = try window.elements(at: start, count: count)
        if type.isBigEndian == hostIsLittleEndian { swapBytes(&elements) }
        return elements
    }

    private static func integers(
        _ window: ByteWindow, _ start: Int, _ count: Int, _ type: NPYElementType
    ) throws(TensorFileError) -> [Scalar] {
        var elements: [Scalar] = []
        elements.reserveCapacity(count)
        while elements.count < count {
            let length = Swift.min(count - elements.count, 65_536)
            let bytes = try window.bytes(
                at: start + elements.count * type.size, count: length * type.size)
            for offset in stride(from: 0, to: bytes.count, by: type.size) {
                let (isNegative, magnitude) = type.integer(bytes[offset..<offset + type.size])
                guard let value = Scalar(exactly: magnitude) else {
                    let text = (isNegative ? "-" : "") + "\(magnitude)"
                    throw window.failure(.inexact(index: elements.count, value: text))
                }
                elements.append(isNegative ? -value : value)
            }
        }
        return elements
    }
}

/// The bytes of `count` elements, or nil when there are too many to tell.
func elementBytes(_ count: Int, _ size: Int) -> Int? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
    // Leaves room for any header.
    return overflow || bytes > Int.max >> 1 ? nil : bytes
}

extension ByteWindow {
    /// Refuses a window that is shorter or longer than `needed` bytes.
    func requireCount(_ needed: Int) throws(TensorFileError) {
        if count < needed { throw failure(.truncated(needed: needed, found: count)) }
        if count > needed { throw failure(.excessBytes(needed: needed, found: count)) }
    }
}
