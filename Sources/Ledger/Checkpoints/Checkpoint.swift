// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// How large a log is and what its root is: the text that the log and its witnesses sign.
///
/// The text is that of C2SP's tlog-checkpoint (<https://c2sp.org/tlog-checkpoint>): the origin, the
/// size in decimal and the root in base64 on lines of their own, then any extension lines.
public struct Checkpoint: Hashable, Sendable, CustomStringConvertible {
    /// The log's unique name.
    public let origin: String
    /// The number of leaves.
    public let size: UInt64
    /// The root over them.
    public let root: LedgerDigest
    /// Further lines, which mean nothing here.
    public let extensions: [String]

    /// A checkpoint.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for an empty line or a control character.
    public init(
        origin: String, size: UInt64, root: LedgerDigest, extensions: [String] = []
    ) throws(LedgerError) {
        for line in [origin] + extensions {
            guard !line.isEmpty, !line.unicodeScalars.contains(where: { $0.value < 32 }) else {
                throw LedgerError(
                    .invalidValue, "a line of a checkpoint is empty or has a control character")
            }
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// Reads the lines of a checkpoint, each with its newline.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes` for any other form than ``text`` writes.
    public init(text: String) throws(LedgerError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 4, lines.last == "" else {
            throw LedgerError(
                .malformedBytes, "checkpoint: \(lines.count) lines, not 3 or more with newlines")
        }
        guard let size = UInt64(lines[1]), String(size) == lines[1] else {
            throw LedgerError(.malformedBytes, "checkpoint: '\(lines[1])' is no size")
        }
        guard let bytes = Base64.bytes(lines[2]), bytes.count == MerkleHash.byteCount else {
            throw LedgerError(.malformedBytes, "checkpoint: '\(lines[2])' is no root")
        }
        do {
            try self.init(
                origin: lines[0], size: size, root: LedgerDigest(unchecked: bytes),
                extensions: Array(lines[3...].dropLast()))
        } catch {
            throw LedgerError(.malformedBytes, "checkpoint: \(error.message)")
        }
    }

    /// The signed text.
    public var text: String {
        ([origin, String(size), Base64.text(root.bytes)] + extensions)
            .map { $0 + "\n" }.joined()
    }

    /// Origin, size and root.
    public var description: String { "\(origin) \(size) \(root)" }
}

/// Base64 with padding (RFC 4648 section 4), in its one form.
enum Base64 {
    /// The digits of `bytes`.
    static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The bytes, or `nil` for anything that ``text(_:)`` does not write.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let text = String(text)
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            return nil
        }
        return Array(data)
    }
}
