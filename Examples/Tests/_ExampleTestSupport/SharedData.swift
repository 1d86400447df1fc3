// SPDX-License-Identifier: Apache-2.0

package import Foundation
package import Testing

/// The real data beside the checkout, as `../shared/data` or where `CREDIT_SHARED_DATA` says.
///
/// Tests that need it carry `.enabled(if: SharedData.isAvailable, SharedData.skipMessage)`.
package enum SharedData {
    private static let root =
        ProcessInfo.processInfo.environment["CREDIT_SHARED_DATA"].map {
            URL(fileURLWithPath: $0, isDirectory: true)
        }
        ?? URL(fileURLWithPath: #filePath).appending(path: "../../../../../shared/data")
        .standardizedFileURL

    package static let german = root.appending(path: "german/german.data")
    package static let germanRisk = root.appending(
        path: "german_kaggle_risk/german_credit_data.csv")
    package static let taiwan = root.appending(path: "taiwan/UCI_Credit_Card.csv")

    package static let isAvailable = FileManager.default.fileExists(atPath: root.path)
    package static let skipMessage: Comment =
        "needs the shared data folder (../shared/data or CREDIT_SHARED_DATA)"
}
