// SPDX-License-Identifier: Apache-2.0

extension UInt64 {
    /// The sum, or the highest number where it is beyond that: times come from others.
    func addingSaturated(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
