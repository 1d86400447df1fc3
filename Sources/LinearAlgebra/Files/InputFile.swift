// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A regular file that is open for reading at any position.
final class InputFile: Sendable {
    let path: String
    let count: Int
    private let descriptor: Int32

    init(path: String) throws(TensorFileError) {
        guard !path.utf8.contains(0) else {
            throw TensorFileError(code: .system(call: "open", number: EINVAL), name: path)
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TensorFileError(code: .system(call: "open", number: errno), name: path)
        }
        var status = stat()
        let result = fstat(descriptor, &status)
        guard result == 0, status.st_mode & S_IFMT == S_IFREG else {
            let code: TensorFileError.Code =
                result == 0 ? .notRegularFile : .system(call: "fstat", number: errno)
            close(descriptor)
            throw TensorFileError(code: code, name: path)
        }
        self.path = path
        self.count = Int(status.st_size)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Fills `buffer` from byte `position` on.
    func read(
        at position: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(TensorFileError) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let result = pread(descriptor, rest.baseAddress, rest.count, off_t(position + done))
            if result < 0 && errno == EINTR { continue }
            guard result >= 0 else {
                throw TensorFileError(code: .system(call: "pread", number: errno), name: path)
            }
            // The file has become shorter since it was opened.
            guard result > 0 else {
                throw TensorFileError(
                    code: .truncated(needed: position + buffer.count, found: position + done),
                    name: path)
            }
            done += result
        }
    }
}
