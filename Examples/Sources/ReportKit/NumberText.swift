// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Double {
    /// The number with `digits` decimals and a comma between thousands, the same in every locale.
    ///
    /// Values that are not finite read "n/a".
    public func text(_ digits: Int) -> String {
        guard isFinite else { return "n/a" }
        let plain = String(format: "%.\(digits)f", locale: nil, abs(self))
        let parts = plain.split(separator: ".", maxSplits: 1)
        let isZero = plain.allSatisfy { $0 == "0" || $0 == "." }
        let whole = grouped(parts[0]) + (parts.count > 1 ? "." + parts[1] : "")
        return (self < 0 && !isZero ? "\u{2212}" : "") + whole
    }

    /// The share as a percentage with `digits` decimals.
    public func percent(_ digits: Int = 1) -> String {
        guard isFinite else { return "n/a" }
        return (self * 100).text(digits) + " %"
    }
}

extension Int {
    /// The number with a comma between thousands.
    public var text: String { (self < 0 ? "\u{2212}" : "") + grouped(Substring("\(magnitude)")) }
}

private func grouped(_ digits: Substring) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
        if index > 0 && (digits.count - index).isMultiple(of: 3) { result.append(",") }
        result.append(digit)
    }
    return result
}
