// SPDX-License-Identifier: Apache-2.0

/// Why a benchmark has no time.
package struct BenchmarkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    package enum Code: String, Sendable {
        /// An input file is missing or too short.
        case data

        /// The work was done, but its result is wrong.
        case wrongResult
    }

    /// The kind of failure.
    package let code: Code

    /// What happened, with the numbers.
    package let message: String

    package var description: String { message }
}
