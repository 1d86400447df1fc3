// SPDX-License-Identifier: Apache-2.0

/// Philox4x64-10: ten rounds that turn a 256-bit counter into 256 random bits.
///
/// J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC '11,
/// DOI 10.1145/2063384.2063405.
struct Philox: Sendable {
    typealias Block = InlineArray<4, UInt64>

    let key: InlineArray<2, UInt64>

    func block(counter: Block) -> Block {
        var x = counter
        var (key0, key1) = (key[0], key[1])
        for _ in 0..<10 {
            let a = x[0].multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
            let b = x[2].multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
            x = [b.high ^ x[1] ^ key0, b.low, a.high ^ x[3] ^ key1, a.low]
            key0 &+= 0x9E37_79B9_7F4A_7C15
            key1 &+= 0xBB67_AE85_84CA_A73B
        }
        return x
    }
}
