// SPDX-License-Identifier: Apache-2.0

/// Changes byte strings at random, as damage and forgers do.
///
/// The same corpus and seed give the same inputs.
public struct InputMutation: Sendable {
    private var random: SimulatedRandom
    private let corpus: [[UInt8]]

    /// A stream of inputs.
    ///
    /// - Precondition: The corpus is not empty.
    public init(corpus: [[UInt8]], seed: UInt64) {
        precondition(!corpus.isEmpty, "a corpus without an input")
        self.corpus = corpus
        random = SimulatedRandom(seed: seed)
    }

    private mutating func below(_ limit: Int) -> Int {
        Int(random.below(UInt64(max(1, limit))))
    }

    /// An input of the corpus with one to four changes: bits, bytes and numbers replaced, parts
    /// inserted, removed, repeated, or taken from another input.
    public mutating func next() -> [UInt8] {
        var bytes = corpus[below(corpus.count)]
        for _ in 0...below(4) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = below(bytes.count)
        let length = min(1 + below(40), bytes.count - place)
        switch below(10) {
        case 0...2 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(below(8))
        case 3 where !bytes.isEmpty: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][below(5)]
        case 4: bytes.insert(UInt8(below(256)), at: place)
        case 5: bytes.removeSubrange(place..<place + length)
        case 6: bytes.removeSubrange(place...)
        case 7: bytes.insert(contentsOf: bytes[place..<place + length], at: below(bytes.count))
        case 8:
            let other = corpus[below(corpus.count)]
            bytes = Array(bytes[..<place]) + other[min(place, other.count)...]
        case 9 where bytes.count >= 8:
            // A number at its limits.
            let start = below(bytes.count - 7)
            let value: UInt64 = [0, 1, .max, 1 << 63, 1 << 32, .max - 1][below(6)]
            withUnsafeBytes(of: value.bigEndian) {
                bytes.replaceSubrange(start..<start + 8, with: $0)
            }
        default: bytes.append(UInt8(below(256)))
        }
    }
}
