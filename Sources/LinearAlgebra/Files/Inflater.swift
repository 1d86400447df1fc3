// SPDX-License-Identifier: Apache-2.0

internal import CCreditZlib

/// Expands what ``Deflater`` and other programs compressed.
final class Inflater {
    /// zlib points back at it, so it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let window: ByteWindow
    private let count: Int

    /// The `count` bytes that `window` holds in compressed form.
    static func bytes(of window: ByteWindow, count: Int) throws(TensorFileError) -> [UInt8] {
        try Inflater(window, count).bytes()
    }

    private init(_ window: ByteWindow, _ count: Int) throws(TensorFileError) {
        (self.window, self.count) = (window, count)
        stream.initialize(to: z_stream())
        let status = inflateInit2_(
            stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw window.failure(.compression(status: status)) }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    private func bytes() throws(TensorFileError) -> [UInt8] {
        // A forged size allocates nothing: deflate shrinks to 1/1032 at best.
        guard count > 0, (count - 1) / 1032 <= window.count else {
            throw failure("\(window.count) compressed bytes cannot hold \(count)")
        }
        var failure: TensorFileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            do throws(TensorFileError) {
                try fill(output)
                initialized = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private func fill(_ output: UnsafeMutableBufferPointer<UInt8>) throws(TensorFileError) {
        var (position, done) = (0, 0)
        while position < window.count {
            var input = try window.bytes(
                at: position, count: min(window.count - position, 1 << 18))
            position += input.count
            let hasEnded = try input.withUnsafeMutableBufferPointer {
                (input) throws(TensorFileError) in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                return try expand(output, &done)
            }
            guard hasEnded else { continue }
            let unused = window.count - position + Int(stream.pointee.avail_in)
            guard done == count, unused == 0 else {
                throw failure("\(done) of \(count) bytes, and \(unused) unused ones")
            }
            return
        }
        throw failure("it ends early")
    }

    /// Expands until the input is used up or the compressed stream ends; true for the latter.
    private func expand(
        _ output: UnsafeMutableBufferPointer<UInt8>, _ done: inout Int
    ) throws(TensorFileError) -> Bool {
        while true {
            let room = min(count - done, 1 << 30)
            stream.pointee.next_out = output.baseAddress.map { $0 + done }
            stream.pointee.avail_out = UInt32(room)
            let status = inflate(stream, Z_NO_FLUSH)
            done += room - Int(stream.pointee.avail_out)
            switch status {
            case Z_STREAM_END: return true
            case Z_OK where stream.pointee.avail_in > 0: continue
            case Z_OK: return false
            // No progress: either all input is used up, or there is no room for more.
            case Z_BUF_ERROR where stream.pointee.avail_in == 0: return false
            case Z_BUF_ERROR: throw failure("more than \(count) bytes")
            default:
                throw failure(stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)")
            }
        }
    }

    private func failure(_ what: String) -> TensorFileError {
        window.failure(.malformed("the compressed data is damaged: \(what)"))
    }
}
