// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Brings the training values of numeric columns into a range.
///
/// ``Reference/extremes`` takes the least training value to `lower` and the largest to `upper`;
/// ``Reference/magnitude`` divides by the largest magnitude, which keeps zeros and signs, so that
/// training values lie in -1...1. Missing values are left out and stay missing. A column whose
/// training values are all equal becomes `lower` there; one of zeros stays as it is.
public struct RangeScaling: Sendable, Hashable, Codable {
    /// What the range is measured by.
    public enum Reference: String, Sendable, Hashable, Codable, CaseIterable {
        /// `new = lower + (x - min) / (max - min) * (upper - lower)`.
        case extremes
        /// `new = x / max |x|`.
        case magnitude
    }

    /// What the range is measured by.
    public var reference: Reference
    /// What the least value becomes; -1 for ``Reference/magnitude``.
    public var lower: Double
    /// What the largest value becomes; 1 for ``Reference/magnitude``.
    public var upper: Double
    /// Whether new values outside the training values are moved to the range.
    public var clips: Bool
    /// The columns to scale; `nil` for all numeric ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Takes the least training value of a column to the start of `range` and the largest to its
    /// end.
    public static func minMaxScale(
        to range: ClosedRange<Double> = 0...1, clip: Bool = false, only columns: [String]? = nil
    ) -> Self {
        Self(
            RangeScaling(
                reference: .extremes, lower: range.lowerBound, upper: range.upperBound,
                clips: clip, columns: columns))
    }

    /// Divides each column by the largest magnitude of its training values.
    public static func maxAbsScale(clip: Bool = false, only columns: [String]? = nil) -> Self {
        Self(
            RangeScaling(
                reference: .magnitude, lower: -1, upper: 1, clips: clip, columns: columns))
    }
}

extension RangeScaling: PreparationRecipe {
    func validate() throws(FeatureError) {
        guard lower.isFinite, upper.isFinite, lower < upper, (upper - lower).isFinite else {
            throw FeatureError(
                .invalidParameter, "\(lower) and \(upper) are not the ends of a range")
        }
        guard reference == .extremes || (lower == -1 && upper == 1) else {
            throw FeatureError(
                .invalidParameter,
                "scaling by magnitude goes to -1...1, not to \(lower)...\(upper)")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedScaling {
        var fitted = scaling
        for index in try table.numericIndices(columns) {
            let values = table.column(index).filter { !$0.isNaN }
            try table.columns[index].requireValues(values)
            let least = values.reduce(values[0], min)
            let largest = values.reduce(values[0], max)
            switch reference {
            case .extremes:
                try fitted.append(
                    index, table.columns[index], centre: least + 0, spread: largest - least)
            case .magnitude:
                try fitted.append(
                    index, table.columns[index], centre: 0,
                    spread: max(largest.magnitude, least.magnitude))
            }
        }
        return fitted
    }

    func accepts(_ fitted: FittedScaling) -> Bool {
        fitted.offset == scaling.offset && fitted.factor == scaling.factor
            && fitted.limits == scaling.limits
    }

    private var scaling: FittedScaling {
        FittedScaling(
            offset: reference == .extremes ? lower : 0,
            factor: reference == .extremes ? upper - lower : 1,
            limits: clips ? lower...upper : nil)
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: reference)
        encoder.encode(lower)
        encoder.encode(upper)
        encoder.encode(clips)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        reference = try decoder.decodeCase()
        lower = try decoder.decodeDouble()
        upper = try decoder.decodeDouble()
        clips = try decoder.decodeBool()
        columns = try decoder.decodeColumns()
    }
}
