// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import Ledger
import Lending
import LinearAlgebra
import Models

/// Who takes part: three bureaus that propose scores, five banks that vote and lend.
struct Participants {
    var bureaus: [Bureau]
    var banks: [Bank]
    var genesis: Genesis
    /// What the collector of the applications knows and nobody else.
    var secret: [UInt8]

    /// The three types of lender of paper 004 by name.
    static let lenders: [(name: String, lender: Lender)] = [
        ("opportunistic", .opportunistic), ("neutral", .neutral), ("risk-averse", .riskAverse),
    ]

    /// Founds a network whose members each read their own copy of the model's file.
    ///
    /// Keys come from `seed` so that a run can be repeated; real members call
    /// `SigningIdentity.generate()`.
    init(modelFile: URL, seed: UInt64) throws {
        func copy() throws -> PipelineModel<LogisticRegression> {
            try ModelFile(contentsOf: modelFile).decode()
        }
        func bytes(_ purpose: String, _ index: Int) -> [UInt8] {
            var stream = RandomStream(seed: seed).child("credit-network " + purpose, index)
            return (0..<32).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
        }
        bureaus = try (0..<3).map { index in
            Bureau(
                name: "bureau \(index + 1)",
                identity: try SigningIdentity(seed: bytes("bureau", index)), model: try copy())
        }
        banks = try (0..<5).map { index in
            let (name, lender) = Self.lenders[index % Self.lenders.count]
            return Bank(
                name: "bank \(index + 1), \(name)",
                identity: try SigningIdentity(seed: bytes("bank", index)), model: try copy(),
                lender: lender)
        }
        genesis = try Consortium.genesis(
            chainName: "credit-network", bureaus: bureaus, banks: banks,
            creationTime: Self.foundingTime)
        secret = bytes("applications", 0)
    }

    /// 2026-01-01 00:00 UTC in milliseconds.
    ///
    /// Times on the chain are nominal, so that a run can be repeated.
    static let foundingTime: UInt64 = 1_767_225_600_000
}
