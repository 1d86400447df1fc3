// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Reads the records of a delimited text into a table, a block on every thread at a time.
///
/// Blocks are joined in their order, so neither their size nor the number of threads shows in the
/// table. Memory holds the columns and one block for each thread.
struct BlockTableReader {
    private var blocks: RecordBlocks
    /// The schemas in the order of the text's fields, and where their columns go.
    private let fields: [ColumnSchema]
    private let builders: [(builder: ColumnBuilder, field: Int)]
    private let dialect: Dialect
    private let delimiter: UInt8
    private let byteCount: Int?

    init(
        _ blocks: RecordBlocks, fields: [ColumnSchema],
        builders: [(builder: ColumnBuilder, field: Int)], dialect: Dialect, delimiter: UInt8,
        byteCount: Int?
    ) {
        self.blocks = blocks
        self.fields = fields
        self.builders = builders
        self.dialect = dialect
        self.delimiter = delimiter
        self.byteCount = byteCount
    }

    /// The number of rows, or `nil` if a record is wrong or does not end within a block.
    ///
    /// - Throws: ``FeatureError`` if the bytes cannot be read.
    mutating func readAll(threadCount: Int) throws(FeatureError) -> Int? {
        let workers = (0..<threadCount).map { _ in
            (
                parser: BlockParser(fields, dialect: dialect, delimiter: delimiter),
                block: UnsafeMutablePointer<RecordBlocks.Block>.allocate(capacity: 1),
                isRight: UnsafeMutablePointer<Bool>.allocate(capacity: 1)
            )
        }
        for worker in workers {
            worker.block.initialize(to: blocks.makeBlock())
            worker.isRight.initialize(to: true)
        }
        defer {
            for worker in workers {
                worker.block.pointee.memory.deallocate()
                worker.block.deallocate()
                worker.isRight.deallocate()
            }
        }
        var rowCount = 0
        while true {
            var filledCount = 0
            do throws(RecordBlocks.Failure) {
                for worker in workers {
                    try blocks.next(&worker.block.pointee)
                    if worker.block.pointee.count == 0 { break }
                    filledCount += 1
                }
            } catch {
                if case .unreadable(let error) = error { throw error }
                return nil
            }
            if filledCount == 0 { return rowCount }
            concurrently(filledCount, minimum: 2, block: 1) { start, length in
                for worker in workers[start..<start + length] {
                    worker.isRight.pointee = worker.parser.parse(worker.block.pointee.bytes)
                }
            }
            let filled = workers.prefix(filledCount)
            guard filled.allSatisfy(\.isRight.pointee) else { return nil }
            if rowCount == 0 { reserveCapacity(workers[0].parser, workers[0].block.pointee) }
            concurrently(builders.count, minimum: 2, block: 1) { start, length in
                for (builder, field) in builders[start..<start + length] {
                    for worker in filled {
                        builder.append(
                            &worker.parser.columns[field], rowCount: worker.parser.rowCount)
                    }
                }
            }
            for worker in filled { rowCount += worker.parser.rowCount }
        }
    }

    /// Makes room for the whole text, as its first block lets expect; memory that is not written
    /// to is not taken.
    private func reserveCapacity(_ parser: BlockParser, _ block: RecordBlocks.Block) {
        guard let byteCount, byteCount > block.count else { return }
        let share = Double(byteCount) / Double(block.count)
        let expected = Double(parser.rowCount) * share * 1.05
        guard let rowCount = Int(exactly: expected.rounded(.up)) else { return }
        for (builder, _) in builders { builder.reserveCapacity(rowCount) }
    }
}
