// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Files that appear whole or not at all, and that survive a power cut once they have appeared.
enum Files {
    /// Lets `write` make a file beside `url`, then gives it its name; on failure nothing is left.
    static func create<Value>(
        _ url: URL, _ write: (URL) throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value {
        guard !exists(url) else {
            throw LedgerError(.fileExists, "\(url.path) exists and is not overwritten")
        }
        let partial = url.deletingLastPathComponent()
            .appendingPathComponent(url.lastPathComponent + ".partial")
        removeDatabase(partial)
        do throws(LedgerError) {
            let value = try write(partial)
            try synchronise(partial)
            guard rename(partial.path, url.path) == 0 else { throw failure("rename", url) }
            try synchronise(url.deletingLastPathComponent())
            return value
        } catch {
            removeDatabase(partial)
            throw error
        }
    }

    static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    static func requireFile(_ url: URL) throws(LedgerError) {
        var isDirectory = false
        guard
            FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory),
            !isDirectory
        else { throw LedgerError(.fileMissing, "there is no file \(url.path)") }
    }

    static func read(_ url: URL) throws(LedgerError) -> [UInt8] {
        try requireFile(url)
        return try storing { Array(try Data(contentsOf: url)) }
    }

    /// Writes a new file, or nothing.
    static func write(_ bytes: [UInt8], to url: URL) throws(LedgerError) {
        try create(url) { (partial) throws(LedgerError) in
            try storing { try Data(bytes).write(to: partial) }
        }
    }

    /// Overwrites a file with zeros and removes it; nothing where it is gone already.
    static func destroy(_ url: URL) throws(LedgerError) {
        guard exists(url) else { return }
        let descriptor = open(url.path, O_RDWR)
        guard descriptor >= 0 else { throw failure("open", url) }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0 else { throw failure("lseek", url) }
        let zeros = [UInt8](repeating: 0, count: Int(size))
        var written = 0
        while written < zeros.count {
            let count = pwrite(descriptor, zeros, zeros.count - written, off_t(written))
            guard count > 0 else { throw failure("write", url) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw failure("fsync", url) }
        guard unlink(url.path) == 0 else { throw failure("unlink", url) }
        try synchronise(url.deletingLastPathComponent())
    }

    /// Waits until the file or directory is on the disk.
    private static func synchronise(_ url: URL) throws(LedgerError) {
        let descriptor = open(url.path, O_RDONLY)
        guard descriptor >= 0 else { throw failure("open", url) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", url) }
    }

    static func removeDatabase(_ url: URL) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(url.path + suffix) }
    }

    private static func failure(_ call: String, _ url: URL) -> LedgerError {
        LedgerError(.storage, "\(call) \(url.path): \(String(cString: strerror(errno)))")
    }
}
