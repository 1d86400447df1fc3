// SPDX-License-Identifier: Apache-2.0

/// Where a quantity lies with a stated confidence.
public struct ConfidenceInterval: Hashable, Codable, Sendable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double
    /// The confidence level, in `0..<1`, such as 0.95.
    public let level: Double

    init(lower: Double, upper: Double, level: Double) {
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    /// Whether the value lies between the ends, both included.
    public func contains(_ value: Double) -> Bool { value >= lower && value <= upper }
}
