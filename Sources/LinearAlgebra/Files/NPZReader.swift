// SPDX-License-Identifier: Apache-2.0

/// The arrays of a `.npz` file, as `numpy.savez` and `numpy.savez_compressed` write it, read one by
/// one.
///
/// ```swift
/// let archive = try NPZReader(path: "loans.npz")
/// let features = try archive.tensor("features", as: Matrix<Double>.self)
/// ```
///
/// A compressed array is expanded in memory first, beside the tensor that is made of it. Values of
/// this type share one open file and may be used from several threads.
public struct NPZReader: Sendable {
    /// The names of the arrays, in the order of the archive.
    public let names: [String]

    private let archive: ByteWindow
    private let entries: [String: ZipDirectory.Entry]

    /// Opens a file and reads its directory.
    ///
    /// - Throws: ``TensorFileError`` when the file cannot be read, is not a ZIP archive, is
    ///   truncated, or has two arrays of one name.
    public init(path: String) throws(TensorFileError) {
        try self.init(ByteWindow(path: path))
    }

    /// Reads the directory of the bytes of a `.npz` file.
    ///
    /// - Throws: ``TensorFileError``, as for a file.
    public init(bytes: [UInt8]) throws(TensorFileError) {
        try self.init(ByteWindow(bytes: bytes, name: ".npz bytes"))
    }

    private init(_ archive: ByteWindow) throws(TensorFileError) {
        var names: [String] = []
        var entries: [String: ZipDirectory.Entry] = [:]
        for entry in try ZipDirectory(archive).entries where entry.name.hasSuffix(".npy") {
            let name = String(entry.name.dropLast(4))
            guard entries.updateValue(entry, forKey: name) == nil else {
                throw TensorFileError(code: .duplicateEntry, name: "\(archive.name): \(name)")
            }
            names.append(name)
        }
        (self.names, self.archive, self.entries) = (names, archive, entries)
    }

    /// Reads one array, converted as ``Tensor/init(npyFile:)`` does it.
    ///
    /// - Parameters:
    ///   - name: One of ``names``.
    ///   - type: The tensor's type, where the context does not tell.
    /// - Throws: ``TensorFileError`` when there is no such array, it is encrypted, compressed by
    ///   another method than deflate or damaged (the checksum is verified), or it has another rank
    ///   or element type.
    public func tensor<let rank: Int, Scalar>(
        _ name: String, as type: Tensor<rank, Scalar>.Type = Tensor<rank, Scalar>.self
    ) throws(TensorFileError) -> Tensor<rank, Scalar> {
        let fullName = "\(archive.name): \(name)"
        guard let entry = entries[name] else {
            throw TensorFileError(code: .missingEntry, name: fullName)
        }
        let window = try content(of: entry, name: fullName)
        try verify(window, entry.checksum)
        return try Tensor(npy: window)
    }

    private func content(
        of entry: ZipDirectory.Entry, name: String
    ) throws(TensorFileError) -> ByteWindow {
        func failure(_ code: TensorFileError.Code) -> TensorFileError {
            TensorFileError(code: code, name: name)
        }
        if entry.isEncrypted { throw failure(.encryptedEntry) }
        guard let method = ZipDirectory.Method(rawValue: entry.method) else {
            throw failure(.compressedEntry(method: entry.method))
        }
        guard method == .deflated || entry.count == entry.storedCount,
            let count = Int(exactly: entry.count),
            let storedCount = Int(exactly: entry.storedCount),
            let position = Int(exactly: entry.position)
        else {
            throw failure(.malformed("the archive's directory contradicts itself"))
        }
        var local = LittleEndianReader(try archive.bytes(at: position, count: 30), name: name)
        guard try local.integer(UInt32.self) == ZipDirectory.localSignature else {
            throw failure(.malformed("the entry is not where the archive's directory says"))
        }
        _ = try local.take(22)
        let nameCount = Int(try local.integer(UInt16.self))
        let extraCount = Int(try local.integer(UInt16.self))
        let window = try archive.window(
            at: position + 30 + nameCount + extraCount, count: storedCount, name: name)
        return switch method {
        case .stored: window
        case .deflated:
            ByteWindow(bytes: try Inflater.bytes(of: window, count: count), name: name)
        }
    }

    private func verify(_ window: ByteWindow, _ expected: UInt32) throws(TensorFileError) {
        var checksum = CRC32()
        var position = 0
        while position < window.count {
            let length = min(window.count - position, 1 << 20)
            try window.bytes(at: position, count: length).withUnsafeBytes { checksum.update($0) }
            position += length
        }
        guard checksum.value == expected else {
            throw window.failure(.checksum(expected: expected, found: checksum.value))
        }
    }
}
