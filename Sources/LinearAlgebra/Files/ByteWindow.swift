// SPDX-License-Identifier: Apache-2.0

/// A stretch of a file or of bytes in memory, such as one entry of an archive.
struct ByteWindow: Sendable {
    private enum Store: Sendable {
        case file(InputFile)
        case memory([UInt8])
    }

    private let store: Store
    private let start: Int

    /// The number of bytes.
    let count: Int

    /// What errors call it.
    let name: String

    init(path: String) throws(TensorFileError) {
        let file = try InputFile(path: path)
        (store, start, count, name) = (.file(file), 0, file.count, path)
    }

    init(bytes: [UInt8], name: String) {
        (store, start, count, self.name) = (.memory(bytes), 0, bytes.count, name)
    }

    private init(store: Store, start: Int, count: Int, name: String) {
        (self.store, self.start, self.count, self.name) = (store, start, count, name)
    }

    func failure(_ code: TensorFileError.Code) -> TensorFileError {
        TensorFileError(code: code, name: name)
    }

    /// Fills `buffer` from byte `position` of the window on.
    func read(
        at position: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(TensorFileError) {
        try checkRange(position, buffer.count)
        switch store {
        case .file(let file): try file.read(at: start + position, into: buffer)
        case .memory(let bytes):
            let from = start + position
            buffer.copyBytes(from: bytes[from..<from + buffer.count])
        }
    }

    /// A part of the window as bytes of its own.
    func bytes(at position: Int, count: Int) throws(TensorFileError) -> [UInt8] {
        try elements(at: position, count: count)
    }

    /// `count` values of a type that is nothing but its bytes, such as `UInt8` or `Double`.
    func elements<Element>(
        at position: Int, count: Int
    ) throws(TensorFileError) -> [Element] {
        // Nothing is allocated for a count that the file does not have.
        try checkRange(position, count * MemoryLayout<Element>.stride)
        var failure: TensorFileError?
        let elements = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            let bytes = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[
                    ..<(count * MemoryLayout<Element>.stride)])
            preferLargePages(bytes)
            do throws(TensorFileError) {
                try read(at: position, into: bytes)
                initialized = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return elements
    }

    /// A part of the window under a name of its own.
    func window(at position: Int, count: Int, name: String) throws(TensorFileError) -> ByteWindow {
        try checkRange(position, count)
        return ByteWindow(store: store, start: start + position, count: count, name: name)
    }

    private func checkRange(_ position: Int, _ length: Int) throws(TensorFileError) {
        let (end, overflow) = position.addingReportingOverflow(length)
        guard position >= 0, length >= 0, !overflow, end <= count else {
            throw failure(.truncated(needed: overflow ? .max : end, found: count))
        }
    }
}
