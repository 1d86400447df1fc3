// SPDX-License-Identifier: Apache-2.0

public import Testing

/// Expects `actual` within `ulps` units in the last place of `expected`; NaN equals NaN.
public func expectUlps<Scalar: BinaryFloatingPoint>(
    _ actual: Scalar, _ expected: Scalar, ulps: Scalar,
    _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    if actual == expected || (actual.isNaN && expected.isNaN) { return }
    let error = abs(actual - expected) / expected.ulp
    #expect(
        error <= ulps, "\(comment()) got \(actual), expected \(expected): \(error) ulp",
        sourceLocation: sourceLocation)
}

/// Expects `actual` within `relative * abs(expected) + absolute` of `expected`.
public func expectClose<Scalar: BinaryFloatingPoint>(
    _ actual: Scalar, _ expected: Scalar, relative: Scalar = 0, absolute: Scalar = 0,
    _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    expectClose(
        [actual], [expected], relative: relative, absolute: absolute, comment(),
        sourceLocation: sourceLocation)
}

/// Expects every element within tolerance, and reports the worst one and its index.
public func expectClose<Scalar: BinaryFloatingPoint>(
    _ actual: [Scalar], _ expected: [Scalar], relative: Scalar = 0, absolute: Scalar = 0,
    _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count else {
        Issue.record(
            "\(comment()) \(actual.count) values instead of \(expected.count)",
            sourceLocation: sourceLocation)
        return
    }
    var worst = (index: -1, excess: Scalar(0))
    for index in actual.indices where actual[index] != expected[index] {
        let allowed = relative * abs(expected[index]) + absolute
        let excess = abs(actual[index] - expected[index]) / allowed
        if !(excess <= 1), !(excess <= worst.excess) { worst = (index, excess) }
    }
    if worst.index >= 0 {
        Issue.record(
            """
            \(comment()) [\(worst.index)] got \(actual[worst.index]), \
            expected \(expected[worst.index]): \(worst.excess) times the tolerance
            """, sourceLocation: sourceLocation)
    }
}
