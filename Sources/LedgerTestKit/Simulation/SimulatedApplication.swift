// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// A state that every payload changes, with voters and bureaus that change from epoch to epoch.
struct SimulatedApplication: ConsensusApplication {
    let chainID: LedgerDigest
    let banks: [Address]
    let bureaus: [Address]
    let voterCount: Int
    let rule: QuorumRule
    let epochLength: UInt64
    private(set) var sum: UInt64 = 0

    init(_ plan: SimulationPlan, chainID: LedgerDigest, banks: [Address], bureaus: [Address]) {
        self.chainID = chainID
        self.banks = banks
        self.bureaus = bureaus
        voterCount = plan.banks
        rule = plan.rule
        epochLength = plan.epochLength
    }

    var digest: LedgerDigest {
        var bytes = [UInt8](repeating: 0, count: 32)
        for place in 0..<8 { bytes[place] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * place)) }
        return (try? LedgerDigest(bytes)) ?? .zero
    }

    func applying(
        _ payload: [UInt8], in block: BlockContext
    ) throws(LedgerError) -> any ConsensusApplication {
        var next = self
        for byte in payload { next.sum = SimulatedKeys.mix(next.sum ^ UInt64(byte)) }
        return next
    }

    func configuration(after configuration: EpochConfiguration) -> EpochConfiguration {
        Self.configuration(
            epoch: configuration.epoch + 1, previous: configuration.bureaus, of: self)
    }

    /// The voters of an epoch: a window of the banks that moves by one; the bureaus: drawn among
    /// those that did not serve in the epoch before.
    static func configuration(
        epoch: UInt64, previous: [Address], of application: SimulatedApplication
    ) -> EpochConfiguration {
        let banks = application.banks
        let voters = (0..<application.voterCount).map {
            VoterSet.Voter(banks[(Int(epoch % UInt64(banks.count)) + $0) % banks.count])
        }
        let seats = (application.bureaus.count + 1) / 2
        let free = application.bureaus.filter { !previous.contains($0) }
        let election = BureauElection(
            votes: free.map { BureauElection.Candidate($0, votes: 1) }, seed: application.digest)
        let elected = election.order(seats: seats)
        do {
            return try EpochConfiguration(
                epoch: epoch, voters: VoterSet(voters, rule: application.rule), bureaus: elected,
                lastHeight: (epoch + 1) * application.epochLength, chainID: application.chainID)
        } catch {
            preconditionFailure("a plan without banks or bureaus: \(error)")
        }
    }
}
