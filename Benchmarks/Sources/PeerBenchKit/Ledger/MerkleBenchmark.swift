// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LinearAlgebra

/// `ledger.merkle`: the tree of RFC 9162 over n leaves of 64 bytes, all of its nodes kept.
struct MerkleBenchmark: FeatureBenchmark {
    let name = "ledger.merkle"
    let sizes = ["1m"]
    let smallSize = "1k"
    private static let leafSize = 64

    func workload(size: String, directory: String) throws -> Workload {
        let path = "\(directory)/ledger_leaves_u8.bin"
        let byteCount = itemCount(size) * Self.leafSize
        let found = try bytes(ofFile: path)
        guard found.count >= byteCount else {
            throw BenchmarkError(
                code: .data, message: "\(path) has \(found.count) bytes, not \(byteCount)")
        }
        let leaves = Array(found[..<byteCount])
        var tree = MerkleTree(records: [], recordSize: Self.leafSize)
        return Workload {
            tree = MerkleTree(
                records: leaves, recordSize: Self.leafSize, threads: LoopThreads.limit)
        } check: {
            // The root of a stream, leaf by leaf and without a tree.
            var range = CompactRange()
            for start in stride(from: 0, to: byteCount, by: Self.leafSize) {
                range.append(Array(leaves[start..<start + Self.leafSize]))
            }
            guard range.root == tree.root else {
                throw BenchmarkError(
                    code: .wrongResult,
                    message: "\(name): root \(tree.root), of the stream \(range.root as Any)")
            }
            // 48 bits of the root are exact in a double, so that the peers can be compared.
            let bits = tree.root.bytes.prefix(6).reduce(0.0) { $0 * 256 + Double($1) }
            return ["check": bits]
        }
    }
}
