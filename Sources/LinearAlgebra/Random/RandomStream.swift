// SPDX-License-Identifier: Apache-2.0

/// A seeded stream of random numbers that is the same on every machine.
///
/// The generator is Philox4x64-10: word `n` of the stream is a function of a 128-bit key and of
/// `n`, so child streams can be handed to any number of threads in any order. Every distribution
/// uses exact integer arithmetic, IEEE 754 operations and the library's own kernels only. Not for
/// cryptography.
///
/// J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC '11,
/// DOI 10.1145/2063384.2063405.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private let philox: Philox

    /// How many words were drawn.
    private var position: UInt64 = 0

    /// The block that `position` lies in, when it is not at a block's start.
    private var block = Philox.Block(repeating: 0)

    /// The stream of `seed`: the words of Philox4x64-10 under the key (seed, 0), counted from 1.
    public init(seed: UInt64) { philox = Philox(key: [seed, 0]) }

    private init(philox: Philox) { self.philox = philox }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let lane = Int(position % 4)
        if lane == 0 { block = philox.block(counter: [position / 4 + 1, 0, 0, 0]) }
        position += 1
        return block[lane]
    }

    /// The stream that belongs to `purpose` and `index`, at its start.
    ///
    /// It depends on this stream's key only, not on how much was drawn from it, so the order in
    /// which children are made does not matter. The child's key is the Philox block at a counter
    /// that drawing never reaches: (FNV-1a hash of the purpose's UTF-8 bytes, index, 1, 0).
    public func child(_ purpose: String, _ index: Int = 0) -> RandomStream {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let words = philox.block(counter: [hash, UInt64(bitPattern: Int64(index)), 1, 0])
        return RandomStream(philox: Philox(key: [words[0], words[1]]))
    }
}

extension RandomStream: Hashable {
    /// Whether both streams have the same key and the same position.
    public static func == (a: RandomStream, b: RandomStream) -> Bool {
        a.philox.key[0] == b.philox.key[0] && a.philox.key[1] == b.philox.key[1]
            && a.position == b.position
    }

    /// Feeds key and position to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(philox.key[0])
        hasher.combine(philox.key[1])
        hasher.combine(position)
    }
}

extension RandomStream: Codable {
    private enum CodingKeys: String, CodingKey {
        case key
        case position
    }

    /// Writes the key's two words and the position.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode([philox.key[0], philox.key[1]], forKey: .key)
        try container.encode(position, forKey: .position)
    }

    /// Reads a stream, which continues where the encoded one stood.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the key is not two words.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let key = try container.decode([UInt64].self, forKey: .key)
        guard key.count == 2 else {
            throw DecodingError.dataCorruptedError(
                forKey: .key, in: container, debugDescription: "a key of \(key.count) words")
        }
        philox = Philox(key: [key[0], key[1]])
        position = try container.decode(UInt64.self, forKey: .position)
        if !position.isMultiple(of: 4) {
            block = philox.block(counter: [position / 4 + 1, 0, 0, 0])
        }
    }
}
