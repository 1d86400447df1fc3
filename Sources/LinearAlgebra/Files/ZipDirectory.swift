// SPDX-License-Identifier: Apache-2.0

/// The central directory of a ZIP archive.
///
/// Format: PKWARE APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3 (ZIP64).
struct ZipDirectory {
    /// How the bytes of an entry are kept.
    enum Method: Int {
        case stored = 0
        case deflated = 8
    }

    /// One entry, as the directory describes it.
    struct Entry: Sendable {
        var name: String
        var isEncrypted: Bool
        var method: Int
        var checksum: UInt32
        var storedCount: UInt64
        var count: UInt64
        var position: UInt64
    }

    static let localSignature: UInt32 = 0x0403_4B50
    static let entrySignature: UInt32 = 0x0201_4B50
    static let endSignature: UInt32 = 0x0605_4B50
    static let end64Signature: UInt32 = 0x0606_4B50
    static let locatorSignature: UInt32 = 0x0706_4B50

    /// Entries in the order of the directory.
    private(set) var entries: [Entry] = []

    /// Reads the directory at the end of an archive.
    init(_ archive: ByteWindow) throws(TensorFileError) {
        let start = try archive.bytes(at: 0, count: min(4, archive.count))
        guard start == [0x50, 0x4B, 3, 4] || start == [0x50, 0x4B, 5, 6] else {
            throw archive.failure(.foreign(expected: ".npz"))
        }
        let (count, position, length) = try Self.location(archive)
        let bytes = try archive.bytes(at: position, count: length)
        var reader = LittleEndianReader(bytes, name: archive.name)
        while reader.remainingCount > 0 { entries.append(try Self.entry(&reader, archive)) }
        guard UInt64(entries.count) == count else {
            throw archive.failure(
                .malformed("the archive's directory has \(entries.count) of \(count) entries"))
        }
    }

    /// How many entries the directory has and where it lies.
    private static func location(
        _ archive: ByteWindow
    ) throws(TensorFileError) -> (count: UInt64, position: Int, length: Int) {
        // The end record is 22 bytes and a comment of up to 65535.
        let tailCount = min(archive.count, 22 + 65_535)
        let tail = try archive.bytes(at: archive.count - tailCount, count: tailCount)
        var candidate = tailCount - 22
        while candidate >= 0 {
            guard tail[candidate...].starts(with: [0x50, 0x4B, 5, 6]) else {
                candidate -= 1
                continue
            }
            var end = LittleEndianReader(Array(tail[candidate...]), name: archive.name)
            _ = try end.take(10)
            let count = UInt64(try end.integer(UInt16.self))
            let length = UInt64(try end.integer(UInt32.self))
            let position = UInt64(try end.integer(UInt32.self))
            if Int(try end.integer(UInt16.self)) == end.remainingCount {
                let found = try location64(archive, archive.count - tailCount + candidate)
                return try checked(found ?? (count, position, length), archive)
            }
            candidate -= 1
        }
        throw archive.failure(.malformed("the archive has no directory; it may be truncated"))
    }

    /// The same from the ZIP64 records before the end record at `end`, when they are there.
    private static func location64(
        _ archive: ByteWindow, _ end: Int
    ) throws(TensorFileError) -> (UInt64, UInt64, UInt64)? {
        guard end >= 20 else { return nil }
        var locator = LittleEndianReader(
            try archive.bytes(at: end - 20, count: 20), name: archive.name)
        guard try locator.integer(UInt32.self) == locatorSignature else { return nil }
        _ = try locator.take(4)
        let start = Int(clamping: try locator.integer(UInt64.self))
        var record = LittleEndianReader(
            try archive.bytes(at: start, count: 56), name: archive.name)
        guard try record.integer(UInt32.self) == end64Signature else {
            throw archive.failure(
                .malformed("the archive's ZIP64 record is not where it should be"))
        }
        _ = try record.take(28)
        let count = try record.integer(UInt64.self)
        let length = try record.integer(UInt64.self)
        return (count, try record.integer(UInt64.self), length)
    }

    private static func checked(
        _ found: (count: UInt64, position: UInt64, length: UInt64), _ archive: ByteWindow
    ) throws(TensorFileError) -> (UInt64, Int, Int) {
        guard let position = Int(exactly: found.position), let length = Int(exactly: found.length)
        else {
            throw archive.failure(.malformed("the archive's directory lies outside of it"))
        }
        return (found.count, position, length)
    }

    private static func entry(
        _ reader: inout LittleEndianReader, _ archive: ByteWindow
    ) throws(TensorFileError) -> Entry {
        guard try reader.integer(UInt32.self) == entrySignature else {
            throw archive.failure(.malformed("the archive's directory has a foreign record"))
        }
        _ = try reader.take(4)
        let flags = try reader.integer(UInt16.self)
        let method = Int(try reader.integer(UInt16.self))
        _ = try reader.take(4)
        let checksum = try reader.integer(UInt32.self)
        var storedCount = UInt64(try reader.integer(UInt32.self))
        var count = UInt64(try reader.integer(UInt32.self))
        let nameCount = Int(try reader.integer(UInt16.self))
        let extraCount = Int(try reader.integer(UInt16.self))
        let commentCount = Int(try reader.integer(UInt16.self))
        _ = try reader.take(8)
        var position = UInt64(try reader.integer(UInt32.self))
        let name = String(decoding: try reader.take(nameCount), as: UTF8.self)
        var extra = LittleEndianReader(Array(try reader.take(extraCount)), name: archive.name)
        _ = try reader.take(commentCount)
        while extra.remainingCount >= 4 {
            let kind = try extra.integer(UInt16.self)
            let length = Int(try extra.integer(UInt16.self))
            var field = LittleEndianReader(Array(try extra.take(length)), name: archive.name)
            guard kind == 1 else { continue }
            // ZIP64: only what did not fit its own field, in this order.
            if count == UInt32.max { count = try field.integer(UInt64.self) }
            if storedCount == UInt32.max { storedCount = try field.integer(UInt64.self) }
            if position == UInt32.max { position = try field.integer(UInt64.self) }
        }
        return Entry(
            name: name, isEncrypted: flags & 1 == 1, method: method, checksum: checksum,
            storedCount: storedCount, count: count, position: position)
    }
}
