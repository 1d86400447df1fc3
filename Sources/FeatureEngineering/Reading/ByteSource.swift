// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Bytes in order, from a file or from memory.
protocol ByteSource {
    /// The number of bytes in all, of a source that can be opened again; else `nil`.
    var byteCount: Int? { get }

    /// Fills the front of `buffer` and says how far; 0 only at the end.
    mutating func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FeatureError) -> Int
}

/// A file, read in order and closed on release.
final class FileByteSource: ByteSource {
    private let descriptor: Int32
    private let name: String
    let byteCount: Int?

    init(_ url: URL) throws(FeatureError) {
        name = url.lastPathComponent
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        var information = stat()
        let isKnown = descriptor >= 0 && fstat(descriptor, &information) == 0
        let kind = isKnown ? information.st_mode & S_IFMT : 0
        byteCount = kind == S_IFREG ? Int(information.st_size) : nil
        guard descriptor >= 0 else { throw Self.failure(errno, name, url.path) }
        if kind == S_IFDIR { throw Self.failure(EISDIR, name, url.path) }
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FeatureError) -> Int {
        if Task.isCancelled {
            throw FeatureError(.cancelled, "the task was cancelled while reading", file: name)
        }
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw Self.failure(errno, name, name) }
        }
    }

    private static func failure(_ number: Int32, _ name: String, _ path: String) -> FeatureError {
        let reason = String(cString: strerror(number))
        return FeatureError(
            .unreadableFile, "cannot be read: \(reason)", file: name, value: path)
    }
}

/// A source that reports what was read of it, one step for each mebibyte.
struct ObservedByteSource: ByteSource {
    private var source: any ByteSource
    private let stage: String
    private let observer: FitObserver
    private var position = 0
    private var reportedSteps = 0

    var byteCount: Int? { source.byteCount }

    init(_ source: any ByteSource, stage: String, observer: @escaping FitObserver) {
        self.source = source
        self.stage = stage
        self.observer = observer
    }

    mutating func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FeatureError) -> Int {
        let count = try source.read(into: buffer)
        position += count
        let step = position >> 20
        if step > reportedSteps {
            reportedSteps = step
            let limit = max(step, ((byteCount ?? position) + (1 << 20) - 1) >> 20)
            try FitProgress(stage: stage, step: step, stepLimit: limit, objective: nil)
                .report(to: observer)
        }
        return count
    }
}

extension ByteSource {
    /// This source, reporting to `observer` if there is one.
    func observed(_ stage: String, by observer: FitObserver?) -> any ByteSource {
        guard let observer else { return self }
        return ObservedByteSource(self, stage: stage, observer: observer)
    }
}

/// Bytes in memory.
struct MemoryByteSource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    var byteCount: Int? { bytes.count }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        bytes.withUnsafeBytes { source in
            buffer.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
        }
        position += count
        return count
    }
}
