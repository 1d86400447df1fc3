// SPDX-License-Identifier: Apache-2.0

/// Why a file of tensors could not be read or written.
public struct TensorFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure, with its numbers.
    public enum Code: Hashable, Sendable {
        /// The system call `call` failed with `errno` equal to `number`.
        case system(call: String, number: Int32)

        /// The path names a folder, a pipe or another thing that has no fixed content.
        case notRegularFile

        /// The content is not of the expected format at all: `.npy` or `.npz`.
        case foreign(expected: String)

        /// The `.npy` format has a version that is not 1.0, 2.0 or 3.0.
        case unsupportedVersion(major: Int, minor: Int)

        /// A part of the file contradicts its format.
        case malformed(String)

        /// The content ends before byte `needed`; there are `found` bytes.
        case truncated(needed: Int, found: Int)

        /// Bytes follow the last element: `found` instead of `needed`.
        case excessBytes(needed: Int, found: Int)

        /// The stored array has another number of dimensions than the tensor type.
        case rank(expected: Int, found: Int)

        /// The element type `found` (in NumPy's notation) cannot become an `expected`.
        case elementType(expected: String, found: String)

        /// The integer at row-major position `index` has no exact equal in the element type.
        case inexact(index: Int, value: String)

        /// The archive has no array of this name.
        case missingEntry

        /// The archive has two entries of this name, or one is written a second time.
        case duplicateEntry

        /// The name is empty, has a NUL or is too long for an archive.
        case invalidName

        /// The entry is compressed with the ZIP method `method`; stored ones (0) and deflated ones
        /// (8) are read.
        case compressedEntry(method: Int)

        /// zlib could not begin: its own `status`, such as -4 where memory is short.
        case compression(status: Int32)

        /// The entry is encrypted.
        case encryptedEntry

        /// The checksum of the entry's bytes is `found` instead of `expected`.
        case checksum(expected: UInt32, found: UInt32)
    }

    /// The kind of failure.
    public let code: Code

    /// The file, and the array inside it where there are several: `loans.npz: features`.
    public let name: String

    /// What failed, with the numbers.
    public var description: String { "\(name): \(problem)" }

    private var problem: String {
        switch code {
        case .system(let call, let number): "\(call) failed with error \(number)"
        case .notRegularFile: "not a regular file"
        case .foreign(let expected): "not an \(expected) file"
        case .unsupportedVersion(let major, let minor): "unknown .npy version \(major).\(minor)"
        case .malformed(let what): what
        case .truncated(let needed, let found): "truncated, \(found) of \(needed) bytes"
        case .excessBytes(let needed, let found): "\(found) bytes where \(needed) are expected"
        case .rank(let expected, let found): "\(found) dimensions instead of \(expected)"
        case .elementType(let expected, let found):
            "elements of type \(found) cannot be read as \(expected) without loss"
        case .inexact(let index, let value):
            "element \(index) is \(value), which has no exact equal in the element type"
        case .missingEntry: "no such array in the archive"
        case .duplicateEntry: "more than one array of this name"
        case .invalidName: "not a name for an array in an archive"
        case .compressedEntry(let method):
            "compressed with ZIP method \(method), which is neither stored nor deflated"
        case .compression(let status): "zlib cannot begin, status \(status)"
        case .encryptedEntry: "encrypted"
        case .checksum(let expected, let found):
            "damaged, checksum \(found) instead of \(expected)"
        }
    }
}
