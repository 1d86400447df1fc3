// SPDX-License-Identifier: Apache-2.0

internal import CCreditZlib

/// Compresses bytes that come in parts, as ZIP entries hold them: raw deflate (RFC 1951).
///
/// Level 6 and the default strategy, as NumPy has them.
final class Deflater {
    /// zlib points back at it, so it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let file: OutputFile
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// What is compressed goes to the end of `file`.
    init(to file: OutputFile) throws(TensorFileError) {
        self.file = file
        stream.initialize(to: z_stream())
        let status = deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            throw TensorFileError(code: .compression(status: status), name: file.path)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes in the memory of elements that are nothing but their bytes.
    func append<Element>(_ elements: [Element]) throws(TensorFileError) {
        // The array's closure form rethrows untyped; the failure goes around it.
        var failure: TensorFileError?
        elements.withUnsafeBytes { bytes in
            do throws(TensorFileError) { try append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) throws(TensorFileError) {
        var done = 0
        while done < bytes.count {
            // zlib counts in 32 bits, and takes no constant pointer though it only reads.
            let part = bytes[done...].prefix(1 << 30)
            let start = UnsafeRawBufferPointer(rebasing: part).bindMemory(to: UInt8.self)
            stream.pointee.next_in = UnsafeMutablePointer(mutating: start.baseAddress)
            stream.pointee.avail_in = UInt32(part.count)
            try run(Z_NO_FLUSH)
            done += part.count
        }
    }

    /// Writes what is left.
    func finish() throws(TensorFileError) {
        stream.pointee.avail_in = 0
        try run(Z_FINISH)
    }

    private func run(_ flush: Int32) throws(TensorFileError) {
        var room: UInt32
        repeat {
            let count = UInt32(buffer.count)
            room = buffer.withUnsafeMutableBufferPointer {
                stream.pointee.next_out = $0.baseAddress
                stream.pointee.avail_out = count
                deflate(stream, flush)
                return stream.pointee.avail_out
            }
            try file.write(Array(buffer[..<Int(count - room)]))
        } while room == 0
    }
}
