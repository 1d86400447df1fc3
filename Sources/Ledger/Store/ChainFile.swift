// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The one canonical byte form of a whole chain: magic, length, genesis, blocks, digest.
enum ChainFile {
    /// Every chain file starts with this line; the number is the version.
    private static let magic = Array("swift-credit chain 1\n".utf8)
    private static let digestSize = SHA256Hash.byteCount
    /// Magic, 8 bytes of length, digest.
    private static var overhead: Int { magic.count + 8 + digestSize }

    static func encode(genesis: Genesis, blocks: [CertifiedBlock]) -> [UInt8] {
        var body = CanonicalEncoder()
        body.encode(genesis)
        body.encode(blocks)
        var file = CanonicalEncoder()
        file.encode(fixed: magic)
        file.encode(UInt64(overhead + body.bytes.count))
        file.encode(fixed: body.bytes)
        file.encode(fixed: SHA256Hash.hash(domain: LedgerDomain.chainFile(), file.bytes))
        return file.bytes
    }

    /// Decodes a chain file and checks the hashes of every block; signatures are for the caller.
    ///
    /// - Returns: also the file's damage where its digest is wrong although all hashes agree, to be
    ///   told by whoever finds no wrong signature, which would say where it is.
    static func decode(
        _ bytes: [UInt8], expecting genesis: Genesis?
    ) throws(LedgerError) -> (
        genesis: Genesis, blocks: [CertifiedBlock], damage: LedgerError?
    ) {
        guard bytes.starts(with: magic.prefix(bytes.count)), !bytes.isEmpty else {
            throw LedgerError(.foreignFile, "the file does not start as a chain file")
        }
        guard bytes.count >= overhead else {
            throw LedgerError(.truncatedFile, "\(bytes.count) bytes are no whole chain file")
        }
        let length = bytes[magic.count..<magic.count + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard bytes.count >= length else {
            throw LedgerError(.truncatedFile, "\(bytes.count) bytes of \(length)")
        }
        guard bytes.count == length else {
            throw LedgerError(
                .trailingBytes, "\(UInt64(bytes.count) - length) bytes behind the chain's \(length)"
            )
        }
        let content = Array(bytes.dropLast(digestSize))
        let computed = SHA256Hash.hash(domain: LedgerDomain.chainFile(), content)
        // The body comes first because its errors say which block is damaged.
        let chain = try decodeBody(
            Array(content.dropFirst(magic.count + 8)), expecting: genesis)
        if computed.elementsEqual(bytes.suffix(digestSize)) {
            return (chain.genesis, chain.blocks, nil)
        }
        let damage = LedgerError(
            .malformedBytes,
            "the file's digest is \(Hexadecimal.string(bytes.suffix(digestSize))), "
                + "computed \(Hexadecimal.string(computed))")
        return (chain.genesis, chain.blocks, damage)
    }

    /// Reads the genesis; the expected one is recognised by its bytes.
    private static func decodeGenesis(
        _ body: [UInt8], _ decoder: inout CanonicalDecoder, expecting expected: Genesis?
    ) throws -> Genesis {
        if let expected, body.starts(with: expected.canonicalBytes) {
            _ = try decoder.decode(fixed: expected.canonicalBytes.count)
            return expected
        }
        let genesis = try Genesis(from: &decoder)
        if let expected {
            throw LedgerError(.wrongChain, "chain \(genesis.chainID), not \(expected.chainID)")
        }
        return genesis
    }

    private static func decodeBody(
        _ body: [UInt8], expecting expected: Genesis?
    ) throws(LedgerError) -> (genesis: Genesis, blocks: [CertifiedBlock]) {
        var decoder = CanonicalDecoder(body)
        var height: UInt64 = 0
        do {
            let genesis = try decodeGenesis(body, &decoder, expecting: expected)
            var walk = ChainWalk(genesis)
            let count = try decoder.decodeCount()
            var blocks: [CertifiedBlock] = []
            while blocks.count < count {
                height += 1
                let block = try CertifiedBlock(from: &decoder)
                try walk.follow(block)
                blocks.append(block)
            }
            try decoder.finish()
            return (genesis, blocks)
        } catch let error as CanonicalDecodingError {
            throw LedgerError(.malformedBytes, "chain file: \(error)", height: height)
        } catch let error as LedgerError {
            throw error.at(height)
        } catch {
            throw LedgerError(.malformedBytes, "\(error)", height: height)
        }
    }
}

extension Chain {
    /// Writes the whole chain as one canonical file.
    ///
    /// - Throws: ``LedgerError``: `fileExists` where anything is at `url`, `corruptStore`,
    ///   `storage`. A failure leaves no file behind.
    /// - Complexity: the file is built in memory.
    public func export(to url: URL) throws(LedgerError) {
        let (genesis, blocks) = try reading { reader in
            (
                reader.genesis,
                try (1..<(reader.blockCount + 1)).map { try reader.block(at: $0) }
            )
        }
        try Files.write(ChainFile.encode(genesis: genesis, blocks: blocks), to: url)
    }

    /// Verifies an exported chain file without keys.
    ///
    /// - Parameter genesis: as in ``open(at:genesis:)``.
    /// - Throws: ``LedgerError``: `fileMissing`, `foreignFile`, `truncatedFile`, `trailingBytes`,
    ///   `malformedBytes`, `wrongChain`, and every reason to refuse a block, with its height.
    public static func verify(
        export url: URL, genesis: Genesis? = nil
    ) throws(LedgerError) -> ChainReport {
        try ChainReport(verifiedState(export: try Files.read(url), genesis: genesis).state)
    }

    /// Makes a new chain file at `url` from an exported one, after verifying all of it.
    ///
    /// - Parameter genesis: as in ``open(at:genesis:)``.
    /// - Throws: ``LedgerError``: as ``verify(export:genesis:)``; `fileExists` where anything is at
    ///   `url`. A failure leaves no file behind.
    public static func `import`(
        _ export: URL, to url: URL, genesis: Genesis? = nil
    ) throws(LedgerError) -> Chain {
        let (state, blocks) = try verifiedState(export: try Files.read(export), genesis: genesis)
        try create(at: url, genesis: state.genesis, blocks: blocks)
        return try open(new: url)
    }

    package static func verifiedState(
        export bytes: [UInt8], genesis expected: Genesis? = nil
    ) throws(LedgerError) -> (state: ChainState, blocks: [CertifiedBlock]) {
        let (genesis, blocks, damage) = try ChainFile.decode(bytes, expecting: expected)
        var state = ChainState(genesis: genesis)
        for block in blocks { try state.apply(block) }
        if let damage { throw damage }
        return (state, blocks)
    }
}
