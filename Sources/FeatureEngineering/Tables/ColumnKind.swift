// SPDX-License-Identifier: Apache-2.0

/// What the values of a column are.
public enum ColumnKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Finite real numbers.
    case numeric
    /// Names out of a finite list of levels.
    case categorical
    /// Free text.
    case text
    /// Calendar dates.
    case date
}
