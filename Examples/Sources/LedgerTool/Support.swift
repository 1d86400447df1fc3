// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The time of this computer, in milliseconds since 1970-01-01 UTC.
func currentTime() -> UInt64 { UInt64(Date().timeIntervalSince1970 * 1000) }

/// Writes a line at once, so that what was said is known when the process ends.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// Two lower-case digits for each byte.
func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

func read(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// Writes a file that does not exist yet.
func writeNew(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
}
