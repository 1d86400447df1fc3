// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Files that appear in a folder all at the end, or not at all.
///
/// They are written into a hidden folder inside it and moved when everything has succeeded, each
/// over its predecessor in one step. Until then the results of an earlier run stay as they are.
public struct StagedOutput {
    /// The folder in which the files shall appear.
    public let folder: URL
    private let staging: URL
    private let createdFolder: Bool

    /// Runs `body` with a place for new files, then moves them into `folder`.
    ///
    /// When `body` throws, everything it wrote is removed, and so is `folder` if it was not there.
    ///
    /// - Throws: ``OutputError`` when the folder cannot be written; whatever `body` throws.
    public static func into<Value>(
        _ folder: URL, _ body: (_ staging: URL) throws -> Value
    ) throws -> Value {
        let output = try StagedOutput(folder)
        do {
            let value = try body(output.staging)
            try output.publish()
            return value
        } catch {
            output.discard()
            throw error
        }
    }

    private init(_ folder: URL) throws(OutputError) {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        let exists = files.fileExists(atPath: folder.path, isDirectory: &isFolder)
        guard !exists || isFolder.boolValue else {
            throw OutputError("\(folder.path) is a file; the results need a folder")
        }
        self.folder = folder
        staging = folder.appending(
            path: ".credit-report-\(UUID().uuidString)", directoryHint: .isDirectory)
        createdFolder = !exists
        do {
            try files.createDirectory(at: staging, withIntermediateDirectories: true)
        } catch {
            throw OutputError("\(folder.path) cannot be written: \(error.localizedDescription)")
        }
    }

    private func publish() throws(OutputError) {
        let files = FileManager.default
        do {
            let names = try files.contentsOfDirectory(atPath: staging.path).sorted()
            for name in names {
                // SQLite would apply a journal that an earlier run left beside the old file.
                for journal in ["-wal", "-shm"] {
                    try? files.removeItem(at: folder.appending(path: name + journal))
                }
                let target = folder.appending(path: name)
                guard rename(staging.appending(path: name).path, target.path) == 0 else {
                    throw OutputError(
                        "\(target.path) cannot be replaced: \(String(cString: strerror(errno)))")
                }
            }
            try files.removeItem(at: staging)
        } catch let error as OutputError {
            throw error
        } catch {
            throw OutputError("\(folder.path) cannot be written: \(error.localizedDescription)")
        }
    }

    private func discard() {
        try? FileManager.default.removeItem(at: createdFolder ? folder : staging)
    }
}

/// Why results could not be written.
public struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, with the path.
    public let message: String

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
