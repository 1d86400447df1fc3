// SPDX-License-Identifier: Apache-2.0

/// The lines of a text, one at a time, out of one buffer; LF, CRLF and CR end them.
final class LineReader {
    let name: String
    /// The current line's number, counted from 1.
    private(set) var line = 0

    private static let maximumLineByteCount = 1 << 24
    private var source: any ByteSource
    private var buffer: UnsafeMutableRawBufferPointer
    private var filledCount = 0
    private var position = 0
    private var isAtEnd = false
    /// Whether the last line ended with CR, whose LF may follow.
    private var skipsLineFeed = false

    init(_ source: any ByteSource, name: String, chunkByteCount: Int = 1 << 18) {
        self.source = source
        self.name = name
        buffer = .allocate(byteCount: max(chunkByteCount, 1), alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// The next line without its end, valid until the next call; `nil` after the last one.
    ///
    /// A byte order mark in front of the first line is left out.
    func next() throws(FeatureError) -> UnsafeRawBufferPointer? {
        var scanned = position
        while true {
            if skipsLineFeed, position < filledCount {
                if buffer[position] == RecordScanner.lineFeed { position += 1 }
                skipsLineFeed = false
                scanned = position
            }
            while scanned < filledCount {
                let byte = buffer[scanned]
                if byte == RecordScanner.lineFeed || byte == RecordScanner.carriageReturn {
                    skipsLineFeed = byte == RecordScanner.carriageReturn
                    return take(upTo: scanned, next: scanned + 1)
                }
                scanned += 1
            }
            if isAtEnd {
                return position == filledCount ? nil : take(upTo: filledCount, next: filledCount)
            }
            scanned -= position
            try refill()
            scanned += position
        }
    }

    /// An error at the current line.
    func failure(
        _ code: FeatureError.Code, _ detail: String, row: Int? = nil, column: String? = nil,
        value: String? = nil
    ) -> FeatureError {
        FeatureError(
            code, detail, file: name, line: line, row: row, column: column, value: value)
    }

    private func take(upTo end: Int, next: Int) -> UnsafeRawBufferPointer {
        var bytes = UnsafeRawBufferPointer(rebasing: buffer[position..<end])
        if line == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes = UnsafeRawBufferPointer(rebasing: bytes[3...])
        }
        position = next
        line += 1
        return bytes
    }

    private func refill() throws(FeatureError) {
        let keptCount = filledCount - position
        if keptCount > Self.maximumLineByteCount {
            throw FeatureError(
                .recordTooLong, "the line is longer than \(Self.maximumLineByteCount) bytes",
                file: name, line: line + 1)
        }
        if keptCount == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: buffer.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        } else if position > 0 {
            buffer.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: buffer[position..<filledCount]))
        }
        position = 0
        filledCount = keptCount
        let free = UnsafeMutableRawBufferPointer(rebasing: buffer[filledCount...])
        let count = try source.read(into: free)
        filledCount += count
        isAtEnd = count == 0
    }
}
