// SPDX-License-Identifier: Apache-2.0

/// Why a preference, a prospect, a loan, a decision or an estimation is refused.
public struct BehavioralError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Hashable, Sendable {
        /// A parameter is NaN, infinite or outside its range.
        case invalidParameter
        /// A probability is NaN or lies outside `0...1`.
        case invalidProbability
        /// An outcome is NaN or infinite, or lies where a value function has no meaning.
        case invalidOutcome
        /// Probabilities do not sum to one.
        case invalidProbabilitySum
        /// Two inputs that belong together have different lengths.
        case countMismatch
        /// There is nothing to work on.
        case empty
        /// No outcome has the value asked for.
        case valueOutOfRange
        /// An iteration or a quadrature does not settle.
        case notConverged
        /// A problem whose local optimum need not be the best one.
        case notConcave
        /// A choice that the rule gives no probability.
        case invalidChoice
        /// The surrounding task was cancelled.
        case cancelled
    }

    /// The kind of failure.
    public let code: Code

    /// What is wrong, with the name and the value.
    public let message: String

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// The checks that several types share.
enum Validation {
    static func positive(_ name: String, _ value: Double) throws(BehavioralError) {
        guard value > 0, value.isFinite else {
            throw BehavioralError(.invalidParameter, "\(name) \(value) is not positive and finite")
        }
    }

    static func notNegative(_ name: String, _ value: Double) throws(BehavioralError) {
        guard value >= 0, value.isFinite else {
            throw BehavioralError(.invalidParameter, "\(name) \(value) is not a finite number >= 0")
        }
    }

    static func finite(_ name: String, _ value: Double) throws(BehavioralError) {
        guard value.isFinite else {
            throw BehavioralError(.invalidParameter, "\(name) \(value) is not finite")
        }
    }

    static func probability(_ name: String, _ value: Double) throws(BehavioralError) {
        guard value >= 0, value <= 1 else {
            throw BehavioralError(.invalidProbability, "\(name) \(value) is not in 0...1")
        }
    }

    static func outcome(_ value: Double) throws(BehavioralError) {
        guard value.isFinite else {
            throw BehavioralError(.invalidOutcome, "outcome \(value) is not finite")
        }
    }

    static func count(
        _ name: String, _ count: Int, _ otherName: String, _ other: Int
    ) throws(BehavioralError) {
        guard count == other else {
            throw BehavioralError(
                .countMismatch, "\(count) \(name) and \(other) \(otherName)")
        }
    }

    /// Decodes through a checking initialiser, so that a file cannot hold what code may not make.
    static func decoding<Value>(
        _ decoder: any Decoder, _ make: () throws(BehavioralError) -> Value
    ) throws -> Value {
        do throws(BehavioralError) {
            return try make()
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: error.message,
                    underlyingError: error))
        }
    }
}
