// SPDX-License-Identifier: Apache-2.0

/// A fitted step that other formats can express, in the columns before it.
package enum PortableStep: Sendable {
    /// The columns at these positions stay.
    case keep([Int])
    /// Missing values of columns become numbers or codes; the columns at `indicators` add one
    /// column each that is 1 where they were missing.
    case replaceMissing([(column: Int, value: Double)], indicators: [Int])
    /// Columns become `offset + (x - centre) / spread * factor`, kept
    /// within limits where there are.
    case scale(
        [(column: Int, centre: Double, spread: Double)], offset: Double, factor: Double,
        limits: ClosedRange<Double>?)
    /// Columns are kept within limits.
    case clip([(column: Int, limits: ClosedRange<Double>)])
    /// Columns of codes become one column per code in their place.
    case indicate([(column: Int, codes: Range<Int>)], refusesUnknown: Bool, marksUnknown: Bool)
}

extension FittedPipeline {
    /// The steps after the inputs, for other formats.
    ///
    /// - Throws: ``FeatureError`` with code `invalidParameter` for a step that has no such form;
    ///   the message names it.
    package func portableSteps() throws(FeatureError) -> [PortableStep] {
        var portable: [PortableStep] = []
        for step in steps {
            switch step.transformation {
            case let fitted as FittedColumnSelection: portable.append(.keep(fitted.kept))
            case let fitted as FittedImputation:
                portable.append(
                    .replaceMissing(
                        fitted.replacements.map { ($0.column, $0.value) },
                        indicators: fitted.indicators))
            case let fitted as FittedStandardisation:
                portable.append(
                    .scale(
                        fitted.scales.map { ($0.column, $0.mean, $0.deviation) }, offset: 0,
                        factor: 1, limits: nil))
            case let fitted as FittedScaling:
                portable.append(
                    .scale(
                        fitted.scales.map { ($0.column, $0.centre, $0.spread) },
                        offset: fitted.offset, factor: fitted.factor, limits: fitted.limits))
            case let fitted as FittedQuantileClipping:
                portable.append(.clip(fitted.limits.map { ($0.column, $0.lower...$0.upper) }))
            case let fitted as FittedOneHotEncoding:
                let first = fitted.dropsFirst ? 1 : 0
                portable.append(
                    .indicate(
                        zip(fitted.columns, fitted.levelCounts).map { column, count in
                            (column, first..<max(count, first))
                        },
                        refusesUnknown: fitted.unknown == .error,
                        marksUnknown: fitted.unknown == .ownLevel))
            default:
                throw FeatureError(
                    .invalidParameter, "\(type(of: step.transformation)) has no portable form")
            }
        }
        return portable
    }
}
