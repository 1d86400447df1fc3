// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// A file that is written beside its place and moved there when it is complete.
final class FileByteSink {
    private let name: String
    private let path: String
    private let temporaryPath: String
    private var descriptor: Int32

    init(_ url: URL) throws(FeatureError) {
        name = url.lastPathComponent
        path = url.path
        temporaryPath = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).partial"
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure() }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporaryPath)
    }

    func write(_ bytes: [UInt8]) throws(FeatureError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            done += count
        }
    }

    /// Moves the complete file to its place, on the disk before it is seen there.
    func commit() throws(FeatureError) {
        guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else { throw failure() }
        close(descriptor)
        descriptor = -1
    }

    private func failure() -> FeatureError {
        let reason = String(cString: strerror(errno))
        return FeatureError(
            .unwritableFile, "cannot be written: \(reason)", file: name, value: path)
    }
}
