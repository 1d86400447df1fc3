// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

/// A private key in a file that only its owner can read: a line with the kind, a line of 64
/// hexadecimal digits.
enum KeyFile {
    private static let title = "swift-credit ed25519 key 1"

    static func create(at path: String) throws -> SigningIdentity {
        var generator = SystemRandomNumberGenerator()
        let seed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let text = title + "\n" + hexadecimal(seed) + "\n"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw ValidationError("\(path): \(String(cString: strerror(errno)))")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(text.utf8))
        try file.synchronize()
        return try SigningIdentity(seed: seed)
    }

    static func read(_ path: String) throws -> SigningIdentity {
        let lines = try String(contentsOfFile: path, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.count == 2, lines[0] == title else {
            throw ValidationError("\(path) is no key file")
        }
        return try SigningIdentity(seed: LedgerDigest(hexadecimal: String(lines[1])).bytes)
    }
}
