// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A variable that is not on the card, and why.
public struct ScorecardElimination: Codable, Hashable, Sendable, CustomStringConvertible {
    /// Why a variable left the card.
    public enum Reason: Codable, Hashable, Sendable {
        /// Its bins were not selected, or there are none.
        case notSelected(
            FittedBinningProcess.VariableReport.Decision, informationValue: Double)
        /// All training rows have one weight of evidence.
        case constant
        /// Its coefficient was not negative: more risk would have had better points.
        case contradictingSign(coefficient: Double)
        /// Its p-value was above the limit.
        case insignificant(pValue: Double)
    }

    /// The name of the variable.
    public let variable: String
    /// Why it left the card.
    public let reason: Reason

    /// The variable and the reason with its number.
    public var description: String {
        switch reason {
        case .notSelected(let decision, let informationValue):
            "\(variable) was not selected (\(decision.rawValue)) with the information value "
                + "\(informationValue)"
        case .constant: "\(variable) has one weight of evidence in all rows"
        case .contradictingSign(let coefficient):
            "\(variable) contradicts its bins with the coefficient \(coefficient)"
        case .insignificant(let pValue): "\(variable) has the p-value \(pValue)"
        }
    }
}
