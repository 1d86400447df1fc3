// SPDX-License-Identifier: Apache-2.0

/// Cuts a text into blocks of whole records.
///
/// A line feed ends a record if an even number of quotes stands before it, which holds up to the
/// first misplaced quote, and the block with that quote is refused by whoever reads it.
struct RecordBlocks {
    /// Bytes of one block in memory that is used again.
    struct Block {
        let memory: UnsafeMutableRawBufferPointer
        var count = 0

        /// The bytes; a line feed follows them.
        var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }
    }

    enum Failure: Error {
        /// No line feed ends a record within the size of a block.
        case noRecordEnd
        case unreadable(FeatureError)
    }

    private var source: any ByteSource
    private let quote: UInt8?
    private let blockByteCount: Int
    /// What was read behind the last block's end.
    private var carry: [UInt8]
    private var isAtEnd = false

    init(_ source: any ByteSource, following carry: [UInt8], quote: UInt8?, blockByteCount: Int) {
        self.source = source
        self.carry = carry
        self.quote = quote
        self.blockByteCount = max(blockByteCount, carry.count)
    }

    /// Memory for one block.
    func makeBlock() -> Block {
        Block(memory: .allocate(byteCount: blockByteCount + 1, alignment: 16))
    }

    /// Fills a block with the next records; its count is 0 behind the last one.
    mutating func next(_ block: inout Block) throws(Failure) {
        let memory = block.memory
        memory.copyBytes(from: carry)
        var filled = carry.count
        carry.removeAll(keepingCapacity: true)
        while filled < blockByteCount, !isAtEnd {
            let free = UnsafeMutableRawBufferPointer(rebasing: memory[filled..<blockByteCount])
            do throws(FeatureError) {
                let count = try source.read(into: free)
                filled += count
                isAtEnd = count == 0
            } catch { throw .unreadable(error) }
        }
        block.count = filled
        if !isAtEnd {
            guard let cut = recordEnd(UnsafeRawBufferPointer(rebasing: memory[..<filled])) else {
                throw .noRecordEnd
            }
            carry.append(contentsOf: memory[cut..<filled])
            block.count = cut
        }
        memory[block.count] = RecordScanner.lineFeed
    }

    /// Where the last whole record ends.
    private func recordEnd(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var isInQuotes = quote.map { Self.count(of: $0, in: bytes) & 1 == 1 } ?? false
        var position = bytes.count
        while position > 0 {
            position -= 1
            if bytes[position] == quote { isInQuotes.toggle() }
            if bytes[position] == RecordScanner.lineFeed, !isInQuotes { return position + 1 }
        }
        return nil
    }

    private static func count(of byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        // Without a branch or a check, so that the compiler makes it a vector loop.
        for candidate in bytes { count &+= candidate == byte ? 1 : 0 }
        return count
    }
}
