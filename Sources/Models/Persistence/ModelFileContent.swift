// SPDX-License-Identifier: Apache-2.0

/// A value that a model file can hold: it has a kind and one canonical byte form.
public protocol ModelFileContent {
    /// The name of the form, with its version, such as `logistic-regression.1`.
    ///
    /// A form never changes; a new one gets a new name, and readers refuse names they do not know.
    static var kind: String { get }

    /// The canonical bytes: equal values have equal bytes, on every machine.
    var canonicalBytes: [UInt8] { get }

    /// Reads the canonical bytes and checks the value's invariants.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`; the message names the byte.
    init(canonicalBytes: [UInt8]) throws(ModelError)
}
