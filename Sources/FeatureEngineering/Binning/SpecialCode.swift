// SPDX-License-Identifier: Apache-2.0

/// Values that are not measurements but codes, such as -9 for "no bureau record", with one bin.
///
/// A literal is a code of one value: `[-7, -8, SpecialCode("no record", numbers: [-9, -99])]`.
public struct SpecialCode: Sendable, Hashable, Codable {
    /// The name of the bin.
    public let name: String
    /// The codes of a numeric variable.
    public let numbers: [Double]
    /// The codes of a categorical variable.
    public let levels: [String]

    /// A bin called `name` for any of the codes.
    public init(_ name: String, numbers: [Double] = [], levels: [String] = []) {
        self.name = name
        self.numbers = numbers
        self.levels = levels
    }
}

extension SpecialCode: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A bin for one number, whose name is the number.
    public init(floatLiteral value: Double) { self.init(value.shortText, numbers: [value]) }

    /// A bin for one number, whose name is the number.
    public init(integerLiteral value: Int) { self.init(floatLiteral: Double(value)) }
}

extension SpecialCode: ExpressibleByStringLiteral {
    /// A bin for one level, whose name is the level.
    public init(stringLiteral value: String) { self.init(value, levels: [value]) }
}

extension OptimalBinning {
    /// The special codes that a variable of this kind can have.
    func specialCodes(for kind: ColumnKind) -> [SpecialCode] {
        specialCodes.filter { kind == .numeric ? !$0.numbers.isEmpty : !$0.levels.isEmpty }
    }
}
