// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The real data beside the checkout, as `../shared/data` or where `CREDIT_SHARED_DATA` says.
enum ExampleData {
    static let root =
        ProcessInfo.processInfo.environment["CREDIT_SHARED_DATA"].map {
            URL(fileURLWithPath: $0, isDirectory: true)
        }
        ?? URL(fileURLWithPath: #filePath).appending(path: "../../../../../shared/data")
        .standardizedFileURL
    static let germanFile = root.appending(path: "german/german.data")
    static let riskFile = root.appending(path: "german_kaggle_risk/german_credit_data.csv")
    static let isAvailable = FileManager.default.fileExists(atPath: germanFile.path)
    static let skipMessage: Comment =
        "needs the shared data folder (../shared/data or CREDIT_SHARED_DATA)"

    /// A new empty folder.
    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "credit-network-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
