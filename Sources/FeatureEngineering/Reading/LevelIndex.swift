// SPDX-License-Identifier: Apache-2.0

/// Codes of levels, found by their bytes without making a string of each field.
struct LevelIndex {
    private(set) var levels: [String] = []
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Open addressing with a power of two as size; -1 is free.
    private var slots = [Int32](repeating: -1, count: 16)

    init(_ levels: [String] = []) {
        for var level in levels {
            _ = level.withUTF8 { add(UnsafeRawBufferPointer($0)) }
        }
    }

    /// The code of the level with these bytes.
    func code(_ key: UnsafeRawBufferPointer) -> Int32? {
        let code = slots[slot(key)]
        return code < 0 ? nil : code
    }

    /// Adds a level that is not there yet; its code is the count before.
    ///
    /// - Returns: `nil` if the bytes are not UTF-8.
    mutating func add(_ key: UnsafeRawBufferPointer) -> Int32? {
        guard let level = String(validating: key, as: UTF8.self) else { return nil }
        if 2 * (levels.count + 1) > slots.count { grow() }
        let code = Int32(levels.count)
        slots[slot(key)] = code
        levels.append(level)
        bytes.append(contentsOf: key)
        ends.append(bytes.count)
        return code
    }

    /// The slot that holds the key, or the free one where it belongs.
    private func slot(_ key: UnsafeRawBufferPointer) -> Int {
        // FNV-1a: only its speed on short keys matters, codes never depend on it.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
        while slots[slot] >= 0, !matches(key, Int(slots[slot])) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private func matches(_ key: UnsafeRawBufferPointer, _ code: Int) -> Bool {
        let start = code == 0 ? 0 : ends[code - 1]
        guard ends[code] - start == key.count else { return false }
        for offset in 0..<key.count where bytes[start + offset] != key[offset] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        bytes.withUnsafeBytes { all in
            var start = 0
            for (code, end) in ends.enumerated() {
                let key = UnsafeRawBufferPointer(rebasing: all[start..<end])
                slots[slot(key)] = Int32(code)
                start = end
            }
        }
    }
}
