// SPDX-License-Identifier: Apache-2.0

internal import GRDB

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Chain {
    /// Writes a copy of the chain as it is now to a new file, while others may read and append.
    ///
    /// - Throws: ``LedgerError``: `fileExists` where anything is at `url`, `staleChain`, `storage`.
    ///   A failure leaves no file behind.
    public func snapshot(to url: URL) throws(LedgerError) {
        try exclusively { (_) throws(LedgerError) in
            try Files.create(url) { (partial) throws(LedgerError) in
                try storing {
                    try queue.writeWithoutTransaction {
                        try $0.execute(sql: "VACUUM INTO ?", arguments: [partial.path])
                    }
                }
            }
        }
    }

    /// Makes a chain file at `url` from a snapshot, after verifying all of it.
    ///
    /// - Parameter genesis: as in ``open(at:genesis:)``.
    /// - Throws: ``LedgerError``: as ``verify(file:genesis:)``; `fileExists` where anything is at
    ///   `url`. A failure leaves no file behind.
    public static func restore(
        from snapshot: URL, to url: URL, genesis: Genesis? = nil
    ) throws(LedgerError) -> Chain {
        _ = try verify(file: snapshot, genesis: genesis)
        try Files.write(try Files.read(snapshot), to: url)
        return try open(new: url, genesis: genesis)
    }
}
