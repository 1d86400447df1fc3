// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A node's file: entries behind their lengths, flushed before the node goes on.
final class ClusterJournal {
    private let descriptor: Int32
    private let path: String
    private(set) var flushes = 0

    init(creating path: String) throws(LedgerError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw Self.failure("open", path) }
    }

    deinit { close(descriptor) }

    /// Puts entries on the disk.
    func append(_ entries: [DurableEntry]) throws(LedgerError) {
        var file = CanonicalEncoder()
        for entry in entries {
            let bytes = CanonicalEncoder.bytes(of: entry)
            file.encode(UInt32(bytes.count))
            file.encode(fixed: bytes)
        }
        var written = 0
        while written < file.bytes.count {
            let count = file.bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress! + written, $0.count - written)
            }
            guard count > 0 else { throw Self.failure("write", path) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw Self.failure("fsync", path) }
        flushes += 1
    }

    /// All entries, read from the disk.
    func read() throws(LedgerError) -> [DurableEntry] {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var bytes = [UInt8](repeating: 0, count: size)
        var offset = 0
        while offset < size {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + offset, size - offset, off_t(offset))
            }
            guard count > 0 else { throw Self.failure("read", path) }
            offset += count
        }
        do {
            var decoder = CanonicalDecoder(bytes)
            var entries: [DurableEntry] = []
            while decoder.remaining > 0 {
                let length = Int(try decoder.decodeUInt32())
                entries.append(try CanonicalDecoder.decode(from: decoder.decode(fixed: length)))
            }
            return entries
        } catch {
            throw LedgerError(.malformedBytes, "\(path): \(error)")
        }
    }

    private static func failure(_ call: String, _ path: String) -> LedgerError {
        LedgerError(.storage, "\(call) \(path): \(String(cString: strerror(errno)))")
    }
}
