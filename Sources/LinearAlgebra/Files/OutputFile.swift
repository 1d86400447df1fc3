// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A file that is written beside its path and moved there when it is complete.
///
/// Until ``commit()`` succeeds, the path keeps what it had; without it, nothing remains.
final class OutputFile {
    let path: String
    private(set) var count = 0
    private let temporaryPath: String
    private var descriptor: Int32
    private var isCommitted = false

    /// After a failed write the content has a gap, and stays uncommitted.
    private var failed: TensorFileError?

    init(path: String) throws(TensorFileError) {
        let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
        self.path = path
        self.temporaryPath = "\(path).\(suffix).partial"
        self.descriptor = -1
        guard !path.utf8.contains(0) else {
            throw TensorFileError(code: .system(call: "open", number: EINVAL), name: path)
        }
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure("open") }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isCommitted { unlink(temporaryPath) }
    }

    /// Appends the memory of elements that are nothing but their bytes.
    func write<Element>(_ elements: [Element]) throws(TensorFileError) {
        // The array's closure form rethrows untyped; the failure goes around it.
        var failure: TensorFileError?
        elements.withUnsafeBytes { buffer in
            do throws(TensorFileError) { try write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Replaces what has been written from byte `position` on by as many bytes.
    func overwrite(at position: Int, with bytes: [UInt8]) throws(TensorFileError) {
        let result = bytes.withUnsafeBytes {
            pwrite(descriptor, $0.baseAddress, $0.count, off_t(position))
        }
        guard result == bytes.count else {
            let error = failure("pwrite")
            failed = error
            throw error
        }
    }

    private func write(_ buffer: UnsafeRawBufferPointer) throws(TensorFileError) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
            let result = Self.system(descriptor, rest)
            if result < 0 && errno == EINTR { continue }
            guard result > 0 else {
                let error = failure("write")
                failed = error
                throw error
            }
            done += result
        }
        count += buffer.count
    }

    /// Moves the complete file to its path, on the disk before it is seen there.
    func commit() throws(TensorFileError) {
        if let failed { throw failed }
        guard fsync(descriptor) == 0 else { throw failure("fsync") }
        guard rename(temporaryPath, path) == 0 else { throw failure("rename") }
        isCommitted = true
    }

    private func failure(_ call: String) -> TensorFileError {
        TensorFileError(code: .system(call: call, number: errno), name: path)
    }

    private static func system(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }
}
