// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// A reader of bytes, or a verifier of proofs, that changed inputs shall neither crash nor deceive.
///
/// ``ledger()`` lists all those of the ledger. A reader of one's own, such as that of an
/// application's payloads, is one more:
///
/// ```swift
/// let subject = FuzzSubject("Order", corpus: [order.bytes]) { bytes in
///     try Order(bytes).bytes == bytes ? nil : "has two forms"
/// }
/// precondition(subject.complaint(count: 1_000_000, seed: 1) == nil)
/// ```
public struct FuzzSubject: Sendable {
    /// What is tried.
    public let name: String
    /// Valid inputs, from which others are made.
    public let corpus: [[UInt8]]
    private let judge: @Sendable ([UInt8]) throws -> String?

    /// A subject.
    ///
    /// - Parameter judge: Takes an input. To throw is the right answer to a bad one; a complaint in
    ///   words says that a false input was accepted.
    /// - Precondition: The corpus is not empty.
    public init(
        _ name: String, corpus: [[UInt8]], judge: @escaping @Sendable ([UInt8]) throws -> String?
    ) {
        precondition(!corpus.isEmpty, "\(name): a corpus without an input")
        self.name = name
        self.corpus = corpus
        self.judge = judge
    }

    /// Feeds the corpus and `count` changed inputs, and gives the first complaint.
    ///
    /// A valid input that is refused is a complaint, too.
    public func complaint(count: Int, seed: UInt64) -> String? {
        for (index, input) in corpus.enumerated() {
            do {
                if let complaint = try judge(input) { return "input \(index): \(complaint)" }
            } catch {
                return "input \(index) is refused: \(error)"
            }
        }
        var mutation = InputMutation(corpus: corpus, seed: seed)
        for number in 0..<count {
            let input = mutation.next()
            guard let complaint = try? judge(input) else { continue }
            let bytes = Hexadecimal.string(input)
            return "seed \(seed), change \(number): \(complaint): \(bytes)"
        }
        return nil
    }
}

extension FuzzSubject {
    /// Every canonical decoder and every verifier of the ledger, on a small chain.
    ///
    /// Each value that is read must have the bytes that it was read from, and no changed proof,
    /// signature or record may pass as a valid one. Keys of some schemes are made anew on each call,
    /// so an input that a complaint shows may need the process that made it.
    ///
    /// - Throws: What making the corpus throws; nothing, unless the ledger itself is broken.
    public static func ledger() throws -> [FuzzSubject] {
        let corpus = try LedgerCorpus()
        return try merkle() + identities(corpus) + chains(corpus) + cycles(corpus)
            + records(corpus) + consensus()
    }

    /// A canonical decoder: what it reads has one form, and `check` judges it.
    static func canonical<Value: CanonicalCodable & Sendable>(
        _ values: [Value], name: String = "\(Value.self)",
        check: @escaping @Sendable (Value) throws -> String? = { _ in nil }
    ) -> FuzzSubject {
        FuzzSubject(name, corpus: values.map { CanonicalEncoder.bytes(of: $0) }) { bytes in
            let value = try CanonicalDecoder.decode(Value.self, from: bytes)
            guard CanonicalEncoder.bytes(of: value) == bytes else { return "has two forms" }
            return try check(value)
        }
    }
}
