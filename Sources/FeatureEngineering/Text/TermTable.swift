// SPDX-License-Identifier: Apache-2.0

/// Terms numbered in the order in which they came, found again by their bytes.
///
/// Open addressing over one array of bytes: looking a term up allocates nothing, and the numbers do
/// not depend on any hash.
struct TermTable: Sendable {
    private var bytes: [UInt8] = []
    private var offsets = [0]
    private var hashes: [UInt32] = []
    /// The term in each slot, -1 where it is free; a power of two, at most half of them taken.
    private var slots = [Int32](repeating: -1, count: 16)

    init() {}

    /// The distinct ones of `terms`.
    init(_ terms: [String]) {
        for var term in terms { _ = term.withUTF8 { insert($0) } }
    }

    var count: Int { hashes.count }

    var isEmpty: Bool { hashes.isEmpty }

    /// The bytes of term `index`.
    func bytes(_ index: Int) -> ArraySlice<UInt8> { bytes[offsets[index]..<offsets[index + 1]] }

    /// The number of `term`, if it is there.
    @inline(__always)
    func index(of term: UnsafeBufferPointer<UInt8>) -> Int? {
        let found = slots[slot(of: term, hash: murmurHash3(term))]
        return found < 0 ? nil : Int(found)
    }

    /// The number of `term`, a new one if it was not there.
    @inline(__always)
    mutating func insert(_ term: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = murmurHash3(term)
        let slot = slot(of: term, hash: hash)
        if slots[slot] >= 0 { return Int(slots[slot]) }
        slots[slot] = Int32(count)
        hashes.append(hash)
        bytes.append(contentsOf: term)
        offsets.append(bytes.count)
        if 2 * count > slots.count { grow() }
        return count - 1
    }

    /// The slot that holds `term`, or the free one where it belongs.
    @inline(__always)
    private func slot(of term: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] >= 0, !holds(Int(slots[slot]), term, hash) { slot = (slot + 1) & mask }
        return slot
    }

    @inline(__always)
    private func holds(_ index: Int, _ term: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Bool {
        guard hashes[index] == hash else { return false }
        let start = offsets[index]
        guard offsets[index + 1] - start == term.count else { return false }
        for position in 0..<term.count where bytes[start + position] != term[position] {
            return false
        }
        return true
    }

    private mutating func grow() {
        let mask = 4 * slots.count - 1
        slots = [Int32](repeating: -1, count: mask + 1)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(index)
        }
    }
}
