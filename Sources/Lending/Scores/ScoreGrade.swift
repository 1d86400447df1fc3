// SPDX-License-Identifier: Apache-2.0

/// Five classes of creditworthiness, ordered from the worst to the best.
///
/// A ``ScoreScale`` says from how many points each grade holds.
public enum ScoreGrade: String, Sendable, Codable, Hashable, CaseIterable, Comparable {
    /// The lowest grade.
    case poor = "E"
    /// The second lowest grade.
    case weak = "D"
    /// The middle grade.
    case fair = "C"
    /// The second highest grade.
    case good = "B"
    /// The highest grade.
    case excellent = "A"

    /// The grade's number on the ledger: 1 for ``poor`` to 5 for ``excellent``.
    public var code: UInt8 {
        switch self {
        case .poor: 1
        case .weak: 2
        case .fair: 3
        case .good: 4
        case .excellent: 5
        }
    }

    /// The grade with this number on the ledger, if there is one.
    public init?(code: UInt8) {
        guard let grade = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = grade
    }

    /// Whether `lhs` is the worse grade.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.code < rhs.code }

    /// The points at which a scale's grades begin.
    ///
    /// ``standard`` is this package's own choice for the standard scale; no paper or agency gives
    /// it. With 600 points at odds of 50:1 and 20 points to double the odds, the four limits stand
    /// for probabilities of default of 2.0 %, 7.4 %, 18.8 % and 39.0 %.
    public struct Limits: Sendable, Codable, Hashable {
        /// The lowest points of ``ScoreGrade/excellent``.
        public let excellent: Int
        /// The lowest points of ``ScoreGrade/good``.
        public let good: Int
        /// The lowest points of ``ScoreGrade/fair``.
        public let fair: Int
        /// The lowest points of ``ScoreGrade/weak``; below them lies ``ScoreGrade/poor``.
        public let weak: Int

        /// Limits that the scale which takes them will check.
        public init(excellent: Int, good: Int, fair: Int, weak: Int) {
            self.excellent = excellent
            self.good = good
            self.fair = fair
            self.weak = weak
        }

        /// 600, 560, 530 and 500 points.
        public static let standard = Limits(excellent: 600, good: 560, fair: 530, weak: 500)

        /// From the lowest to the highest limit.
        package var ascending: [Int] { [weak, fair, good, excellent] }
    }
}
