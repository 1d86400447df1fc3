// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Testing

/// Real data sets and golden values that lie beside the checkout and are never copied into it.
///
/// The folder is `../shared/data` next to the package, or the one that `CREDIT_SHARED_DATA` names.
/// Tests that need it carry `.enabled(if: SharedData.isAvailable, SharedData.skipMessage)`.
public enum SharedData {
    /// Where the data would lie.
    public static let root: URL =
        ProcessInfo.processInfo.environment["CREDIT_SHARED_DATA"].map {
            URL(fileURLWithPath: $0, isDirectory: true)
        } ?? packageRoot.appending(path: "../shared/data").standardizedFileURL

    /// Whether the folder exists here.
    public static let isAvailable = FileManager.default.fileExists(atPath: root.path)

    /// Why a test is skipped.
    public static let skipMessage: Comment =
        "needs the shared data folder (../shared/data or CREDIT_SHARED_DATA)"

    /// The file at `path`, such as `german/german.data`.
    public static func url(_ path: String) -> URL { root.appending(path: path) }

    /// The file's bytes.
    public static func data(_ path: String) throws -> Data { try Data(contentsOf: url(path)) }

    /// The file's JSON value.
    public static func json<Value: Decodable>(
        _ path: String, as type: Value.Type = Value.self
    ) throws -> Value {
        try JSONDecoder().decode(type, from: data(path))
    }

    /// The checkout that these tests were built from.
    public static let packageRoot = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
