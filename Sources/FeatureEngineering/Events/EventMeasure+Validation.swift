// SPDX-License-Identifier: Apache-2.0

extension EventMeasure {
    /// Checks windows, and that statistic and attribute belong together, as after decoding.
    func validate() throws(FeatureError) {
        guard !windows.isEmpty else { throw invalid("has no window") }
        guard kinds?.isEmpty != true else { throw invalid("has an empty list of kinds") }
        for window in windows + [reference].compactMap({ $0 }) { try window.validate() }
        switch statistic {
        case .count, .daysSinceLast, .daysSinceFirst, .countSlope, .countRatio:
            guard attribute == nil else { throw invalid("takes no attribute") }
        default:
            guard attribute != nil else { throw invalid("needs an attribute") }
        }
        for window in windows {
            switch statistic {
            case .countSlope, .sumSlope, .meanSlope:
                guard window.unit == .months, window.length >= 2, window.length <= 1200 else {
                    throw invalid("needs windows of 2 to 1200 months, not \(window)")
                }
            case .countRatio, .sumRatio:
                guard let reference, reference.unit == window.unit,
                    window.unit == .months || window.unit == .days
                else { throw invalid("needs two windows in months or two in days") }
            default:
                guard reference == nil else { throw invalid("takes no second window") }
            }
        }
    }

    private func invalid(_ problem: String) -> FeatureError {
        FeatureError(.invalidParameter, "measure '\(statistic.rawValue)' \(problem)")
    }
}
