// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
public import FoundationEssentials

/// A folder of sealed records whose keys can be destroyed.
///
/// The encrypted data and its wrapped keys are files of their own, so that erasing a record means
/// erasing its small file of keys; backups of the data alone stay closed. The keys' bytes are
/// overwritten before the file is removed; on storage that keeps old blocks (snapshots,
/// log-structured or flash media) the folder belongs on an encrypted volume as well.
///
/// Nothing in the folder opens a record without a recipient's private key. A vault is used by one
/// process at a time.
public struct RecordVault: Sendable {
    /// What the vault holds of a record.
    public enum Status: Hashable, Sendable {
        /// Data and keys.
        case sealed
        /// Data only: its keys were destroyed.
        case purged(PurgeReceipt)
        /// Data without keys or with other keys and without a receipt: a purge was interrupted, or
        /// files were changed.
        case damaged
    }

    private let folder: URL

    /// The vault in an existing folder.
    ///
    /// - Throws: ``LedgerError`` with `fileMissing` where it is no folder.
    public init(folder: URL) throws(LedgerError) {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isDirectory),
            isDirectory
        else { throw LedgerError(.fileMissing, "there is no folder \(folder.path)") }
        self.folder = folder
    }

    private func url(_ id: LedgerDigest, _ kind: String) -> URL {
        folder.appendingPathComponent("\(id).\(kind)")
    }

    /// Stores a record; both files are on the disk when it returns.
    ///
    /// - Throws: ``LedgerError``: `fileExists` where the vault has, or had, this record; `storage`.
    public func store(_ record: SealedRecord) throws(LedgerError) {
        for kind in ["record", "purged"] where Files.exists(url(record.id, kind)) {
            throw LedgerError(.fileExists, "record \(record.id) is in the vault already")
        }
        var body = CanonicalEncoder()
        record.encode(bodyTo: &body)
        var keys = CanonicalEncoder()
        keys.encode(record.keys)
        try Files.write(keys.bytes, to: url(record.id, "keys"))
        try Files.write(body.bytes, to: url(record.id, "record"))
    }

    /// The identifiers of all records, in order.
    ///
    /// - Throws: ``LedgerError`` with `storage`.
    public func records() throws(LedgerError) -> [LedgerDigest] {
        try storing { try FileManager.default.contentsOfDirectory(atPath: folder.path) }
            .compactMap { name -> LedgerDigest? in
                guard name.hasSuffix(".record") else { return nil }
                return try? LedgerDigest(hexadecimal: String(name.dropLast(7)))
            }.sorted()
    }

    /// A record with its keys.
    ///
    /// - Throws: ``LedgerError``: `recordPurged`, `fileMissing`, `unreadableRecord`, `storage`.
    public func record(_ id: LedgerDigest) throws(LedgerError) -> SealedRecord {
        if let receipt = try receipt(of: id) {
            throw LedgerError(
                .recordPurged,
                "record \(id) was purged by \(receipt.custodian) at \(receipt.time) ms")
        }
        var record = try body(of: id)
        let bytes = try Files.read(url(id, "keys"))
        do {
            var keys = CanonicalDecoder(bytes)
            record.keys = try keys.decodeArray()
            try keys.finish()
        } catch {
            throw LedgerError(.unreadableRecord, "the keys of record \(id): \(error)")
        }
        return record
    }

    /// Destroys the keys of a record and signs that they are gone; again where it was interrupted.
    ///
    /// - Throws: ``LedgerError``: `recordPurged`, `fileMissing`, `unreadableRecord`, `storage`.
    public func purge(
        _ id: LedgerDigest, signedBy custodian: SigningIdentity, time: UInt64
    ) throws(LedgerError) -> PurgeReceipt {
        guard try receipt(of: id) == nil else {
            throw LedgerError(.recordPurged, "record \(id) was purged before")
        }
        let record = try body(of: id)
        try Files.destroy(url(id, "keys"))
        let receipt = try PurgeReceipt(
            record: id, commitment: record.commitment, signedBy: custodian, time: time,
            chainID: record.chainID)
        try Files.write(receipt.canonicalBytes, to: url(id, "purged"))
        return receipt
    }

    /// What is left of every record: those that are unreadable by
    /// design, and those that are damaged.
    ///
    /// - Throws: ``LedgerError`` with `storage`.
    public func report() throws(LedgerError) -> [(id: LedgerDigest, status: Status)] {
        var report: [(id: LedgerDigest, status: Status)] = []
        for id in try records() { report.append((id, status(of: id))) }
        return report
    }

    private func status(of id: LedgerDigest) -> Status {
        do throws(LedgerError) {
            if let receipt = try receipt(of: id) {
                let body = try body(of: id)
                let isGone = !Files.exists(url(id, "keys"))
                return isGone && receipt.commitment == body.commitment ? .purged(receipt) : .damaged
            }
            _ = try record(id)
            return .sealed
        } catch {
            return .damaged
        }
    }

    private func body(of id: LedgerDigest) throws(LedgerError) -> SealedRecord {
        let bytes = try Files.read(url(id, "record"))
        do {
            var decoder = CanonicalDecoder(bytes)
            let record = try SealedRecord(bodyFrom: &decoder)
            try decoder.finish()
            guard record.id == id else { throw decoder.error("it is record \(record.id)") }
            return record
        } catch {
            throw LedgerError(.unreadableRecord, "record \(id): \(error)")
        }
    }

    private func receipt(of id: LedgerDigest) throws(LedgerError) -> PurgeReceipt? {
        guard Files.exists(url(id, "purged")) else { return nil }
        let receipt = try PurgeReceipt(canonicalBytes: Files.read(url(id, "purged")))
        guard receipt.record == id else {
            throw LedgerError(.unreadableRecord, "the receipt of \(id) is for \(receipt.record)")
        }
        return receipt
    }
}
