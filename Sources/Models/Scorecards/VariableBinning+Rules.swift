// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// One line of a list that is read from above: the first condition that holds names the bin.
struct BinRule {
    enum Condition {
        case missing
        case numbers([Double])
        case levels([String])
        /// A number below this one.
        case below(Double)
        /// Any value that is not missing.
        case otherwise
    }

    let condition: Condition
    let bin: Int

    /// The levels that the condition names.
    var levels: [String] {
        if case .levels(let levels) = condition { levels } else { [] }
    }
}

extension VariableBinning {
    /// The bin of missing values; `nil` if they are refused.
    var missingBin: Int? {
        if recipe.missing == .error { return nil }
        return bins.firstIndex(where: \.includesMissing)
            ?? bins.firstIndex { $0.content == .missing }
    }

    /// The bins as a list of conditions, for languages other than this one.
    var rules: [BinRule] {
        var rules: [BinRule] = []
        if let missingBin { rules.append(BinRule(condition: .missing, bin: missingBin)) }
        for (index, bin) in bins.enumerated() {
            guard case .special(let code) = bin.content else { continue }
            rules.append(
                BinRule(
                    condition: kind == .numeric ? .numbers(code.numbers) : .levels(code.levels),
                    bin: index))
        }
        for (index, bin) in bins.enumerated() {
            switch bin.content {
            case .interval(_, let upper?):
                rules.append(BinRule(condition: .below(upper), bin: index))
            case .interval(_, nil): rules.append(BinRule(condition: .otherwise, bin: index))
            case .levels(let levels), .rareLevels(let levels):
                if !levels.isEmpty {
                    rules.append(BinRule(condition: .levels(levels), bin: index))
                }
            case .special, .missing, .unknownLevels: break
            }
        }
        if let unknownBin { rules.append(BinRule(condition: .otherwise, bin: unknownBin)) }
        return rules
    }

    /// The bin of levels that no training row had; `nil` for numbers and if they are refused.
    private var unknownBin: Int? {
        guard kind == .categorical else { return nil }
        return switch recipe.unknownLevels {
        case .error: nil
        case .neutral: bins.firstIndex { $0.content == .unknownLevels }
        case .missing: missingBin
        case .rare:
            bins.firstIndex {
                if case .rareLevels = $0.content { true } else { false }
            }
        }
    }
}
