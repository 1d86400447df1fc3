// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// Why a bank does not approve a proposed score.
public enum ScoreObjection: Sendable, Hashable, CustomStringConvertible {
    /// The proposal names another model than the bank's.
    case otherModel(proposed: LedgerDigest, own: LedgerDigest)
    /// The proposal commits to other inputs than the bank has.
    case otherInputs(proposed: LedgerDigest, own: LedgerDigest)
    /// The proposal is on another scale than the bank's.
    case otherScale(proposed: String, own: String)
    /// The proposed points differ from the bank's own by more than it tolerates.
    case otherPoints(proposed: Int, own: Int)
    /// The grade is not that of the proposed points.
    case otherGrade(proposed: UInt8, own: UInt8)
    /// The bank's own model could not score the inputs.
    case notScorable(String)

    /// The reason with both values.
    public var description: String {
        switch self {
        case .otherModel(let proposed, let own): "model \(proposed), not \(own)"
        case .otherInputs(let proposed, let own): "inputs \(proposed), not \(own)"
        case .otherScale(let proposed, let own): "scale \(proposed), not \(own)"
        case .otherPoints(let proposed, let own): "\(proposed) points, not \(own)"
        case .otherGrade(let proposed, let own): "grade \(proposed), not \(own)"
        case .notScorable(let reason): "not scorable here: \(reason)"
        }
    }
}
