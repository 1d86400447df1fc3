// SPDX-License-Identifier: Apache-2.0

/// Why a run cannot be done as asked.
public struct RunError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked and what it takes.
    public let message: String

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
