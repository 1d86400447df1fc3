// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// Reads a file of nothing but row-major little-endian elements, as `array.tofile` of NumPy
    /// writes it on common machines.
    ///
    /// - Parameters:
    ///   - path: Where the file lies.
    ///   - shape: The length of each dimension, which the file does not know.
    /// - Precondition: No dimension is negative and their product fits an `Int`.
    /// - Throws: ``TensorFileError`` when the file cannot be read or has not exactly the bytes of
    ///   the shape.
    public init(rawFile path: String, shape: InlineArray<rank, Int>) throws(TensorFileError) {
        guard let count = elementCount(of: shape),
            let byteCount = elementBytes(count, MemoryLayout<Scalar>.size)
        else {
            preconditionFailure("shape \(describe(shape)) has no valid element count")
        }
        let window = try ByteWindow(path: path)
        try window.requireCount(byteCount)
        var elements: [Scalar] = try window.elements(at: 0, count: count)
        if !hostIsLittleEndian { swapBytes(&elements) }
        self.init(uncheckedShape: shape, storage: elements)
    }

    /// Writes the row-major elements little-endian, and nothing else.
    ///
    /// The file is written beside `path` and moved there when it is complete.
    ///
    /// - Throws: ``TensorFileError`` when the system refuses; what was at `path` is then still
    ///   there.
    public func write(rawFile path: String) throws(TensorFileError) {
        var elements = storage
        if !hostIsLittleEndian { swapBytes(&elements) }
        let file = try OutputFile(path: path)
        try file.write(elements)
        try file.commit()
    }
}
