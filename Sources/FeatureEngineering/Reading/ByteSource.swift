// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Bytes in order, from a file or from memory.
protocol ByteSource {
    /// Fills the front of `buffer` and says how far; 0 only at the end.
    mutating func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FeatureError) -> Int
}

/// A file, read in order and closed on release.
final class FileByteSource: ByteSource {
    private let descriptor: Int32
    private let name: String

    init(_ url: URL) throws(FeatureError) {
        name = url.lastPathComponent
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(errno, name, url.path) }
        var information = stat()
        if fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFDIR {
            throw Self.failure(EISDIR, name, url.path)
        }
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FeatureError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw Self.failure(errno, name, name) }
        }
    }

    private static func failure(_ number: Int32, _ name: String, _ path: String) -> FeatureError {
        let reason = String(cString: strerror(number))
        return FeatureError(
            .unreadableFile, "cannot be read: \(reason)", file: name, value: path)
    }
}

/// Bytes in memory.
struct MemoryByteSource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        bytes.withUnsafeBytes { source in
            buffer.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
        }
        position += count
        return count
    }
}
