// SPDX-License-Identifier: Apache-2.0

/// The bins of many variables, and which of the variables are selected.
public struct FittedBinningProcess: Sendable, Hashable, Codable {
    /// What the selection looks at, one row of the report.
    public struct VariableReport: Sendable, Hashable, Codable {
        /// Why a variable is selected or not.
        public enum Decision: String, Sendable, Hashable, Codable, CaseIterable {
            /// It is selected.
            case selected
            /// Its information value is below the minimum.
            case informationValueTooSmall
            /// Its information value is above the maximum.
            case informationValueTooLarge
            /// Enough variables have larger information values.
            case beyondMaximumVariables
            /// No bins keep every constraint.
            case infeasible
        }

        /// The name of the variable.
        public let variable: String
        /// What the values are.
        public let kind: ColumnKind
        /// Whether the variable is selected, or why not.
        public let decision: Decision
        /// The trend; `nil` if no bins keep every constraint.
        public let trend: VariableBinning.TrendReport?
        /// Why no bins keep every constraint; `nil` if some do.
        public let obstacle: String?
        /// The number of bins that the optimisation made.
        public let regularBins: Int
        /// The information value of all bins.
        public let informationValue: Double
        /// The Jensen-Shannon divergence of all bins, in `0...ln 2`.
        public let jensenShannon: Double
        /// The Gini coefficient of the event rates of the bins, in `0...1`.
        public let gini: Double

        /// Whether the variable is selected.
        public var isSelected: Bool { decision == .selected }
        /// Whether the variable cannot follow its trend: no bins keep every constraint, or only one
        /// bin does.
        public var cannotFollowTrend: Bool { trend?.outcome != .kept }
    }

    /// What each value becomes.
    public enum Output: String, Sendable, Hashable, Codable, CaseIterable {
        /// The weight of evidence of its bin.
        case weightOfEvidence
        /// The position of its bin in ``VariableBinning/bins``.
        case binIndex
        /// The event rate of its bin.
        case eventRate
    }

    /// The recipe that was fitted.
    public let recipe: BinningProcess
    /// The bins of every variable for which there are any, in the order of the variables.
    public let binnings: [VariableBinning]
    /// One row for every variable, in the order of the variables.
    public let report: [VariableReport]

    /// The names of the selected variables in their order.
    public var selectedVariables: [String] { report.filter(\.isSelected).map(\.variable) }

    /// The variables that cannot follow the trend that was asked of them.
    public var variablesOffTrend: [String] { report.filter(\.cannotFollowTrend).map(\.variable) }

    /// The bins of the variable called `name`.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`.
    public subscript(variable name: String) -> VariableBinning {
        get throws(FeatureError) {
            guard let binning = binnings.first(where: { $0.variable == name }) else {
                throw .unknownColumn(name, of: binnings.map(\.variable))
            }
            return binning
        }
    }
}
