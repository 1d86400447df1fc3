// SPDX-License-Identifier: Apache-2.0

/// Writes tensors of any ranks and element types under their names into one `.npz` file.
///
/// ```swift
/// var archive = try NPZWriter(path: "loans.npz")
/// try archive.append(features, named: "features")
/// try archive.append(labels, named: "labels")
/// try archive.finish()
/// ```
///
/// Each tensor goes to the disk at once, compressed if asked for. The file appears at its path with
/// ``finish()``; without it nothing remains. The same tensors always give the same bytes (with
/// compression: for one version of zlib), as the archive holds no dates. Entries are in ZIP64 form,
/// so no size is out of reach; `numpy.load` reads them.
public struct NPZWriter: ~Copyable {
    /// How the bytes of a tensor are kept.
    public enum Compression: Hashable, Sendable {
        /// As they are, as `numpy.savez` does; no time is lost.
        case none

        /// Deflated, as `numpy.savez_compressed` does: slow, and worth it for repeated values.
        case deflate
    }

    private let file: OutputFile
    private let method: ZipDirectory.Method
    private var directory: [UInt8] = []
    private var names: Set<String> = []

    /// Begins a file.
    ///
    /// - Throws: ``TensorFileError`` when the folder of `path` cannot be written to.
    public init(path: String, compression: Compression = .none) throws(TensorFileError) {
        file = try OutputFile(path: path)
        method = compression == .none ? .stored : .deflated
    }

    /// Adds a tensor.
    ///
    /// - Throws: ``TensorFileError`` when the name is empty, too long or taken, or the system
    ///   refuses; after the latter the file cannot be finished.
    public mutating func append<let rank: Int, Scalar>(
        _ tensor: Tensor<rank, Scalar>, named name: String
    ) throws(TensorFileError) {
        let entryName = Array("\(name).npy".utf8)
        guard !name.isEmpty, !entryName.contains(0), entryName.count <= Int(UInt16.max) else {
            throw TensorFileError(code: .invalidName, name: "\(file.path): \(name)")
        }
        guard names.insert(name).inserted else {
            throw TensorFileError(code: .duplicateEntry, name: "\(file.path): \(name)")
        }
        let header = tensor.npyHeader.bytes
        var checksum = CRC32()
        header.withUnsafeBytes { checksum.update($0) }
        tensor.storage.withUnsafeBytes { checksum.update($0) }
        let count = header.count + tensor.count * MemoryLayout<Scalar>.size
        let position = file.count

        func localHeader(storedCount: Int) -> [UInt8] {
            var local: [UInt8] = []
            local.append(littleEndian: ZipDirectory.localSignature)
            Self.describe(&local, method, checksum.value, entryName, extraCount: 20)
            local += entryName
            Self.appendSizes(&local, [count, storedCount])
            return local
        }
        let deflater = method == .deflated ? try Deflater(to: file) : nil
        try file.write(localHeader(storedCount: count))
        let start = file.count
        if let deflater {
            try deflater.append(header)
            try deflater.append(tensor.storage)
            try deflater.finish()
            try file.overwrite(at: position, with: localHeader(storedCount: file.count - start))
        } else {
            try file.write(header)
            try file.write(tensor.storage)
        }
        let storedCount = file.count - start

        directory.append(littleEndian: ZipDirectory.entrySignature)
        directory.append(littleEndian: Self.version)
        Self.describe(&directory, method, checksum.value, entryName, extraCount: 28)
        // No comment, disk 0, no attributes; the position is in the extra field.
        directory += [UInt8](repeating: 0, count: 10)
        directory.append(littleEndian: UInt32.max)
        directory += entryName
        Self.appendSizes(&directory, [count, storedCount, position])
    }

    /// Writes the directory and moves the file to its path.
    ///
    /// - Throws: ``TensorFileError`` when the system refuses; what was at the path is then still
    ///   there.
    public consuming func finish() throws(TensorFileError) {
        let (start, length) = (file.count, directory.count)
        var end = directory
        end.append(littleEndian: ZipDirectory.end64Signature)
        end.append(littleEndian: UInt64(44))
        end.append(littleEndian: Self.version)
        end.append(littleEndian: Self.version)
        end += [UInt8](repeating: 0, count: 8)
        for value in [names.count, names.count, length, start] {
            end.append(littleEndian: UInt64(value))
        }
        end.append(littleEndian: ZipDirectory.locatorSignature)
        end.append(littleEndian: UInt32(0))
        end.append(littleEndian: UInt64(start + length))
        end.append(littleEndian: UInt32(1))
        end.append(littleEndian: ZipDirectory.endSignature)
        end += [0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 12) + [0, 0]
        try file.write(end)
        try file.commit()
    }

    /// Version 4.5 of the format has ZIP64.
    private static var version: UInt16 { 45 }

    /// The fields that an entry and its line in the directory have in common.
    private static func describe(
        _ bytes: inout [UInt8], _ method: ZipDirectory.Method, _ checksum: UInt32, _ name: [UInt8],
        extraCount: UInt16
    ) {
        bytes.append(littleEndian: version)
        // The name is UTF-8.
        bytes.append(littleEndian: UInt16(1 << 11))
        bytes.append(littleEndian: UInt16(method.rawValue))
        // 1980-01-01 00:00, the first date there is.
        bytes.append(littleEndian: UInt16(0))
        bytes.append(littleEndian: UInt16(0x21))
        bytes.append(littleEndian: checksum)
        bytes.append(littleEndian: UInt32.max)
        bytes.append(littleEndian: UInt32.max)
        bytes.append(littleEndian: UInt16(name.count))
        bytes.append(littleEndian: extraCount)
    }

    /// The extra field of ZIP64.
    private static func appendSizes(_ bytes: inout [UInt8], _ sizes: [Int]) {
        bytes.append(littleEndian: UInt16(1))
        bytes.append(littleEndian: UInt16(8 * sizes.count))
        for size in sizes { bytes.append(littleEndian: UInt64(size)) }
    }
}
