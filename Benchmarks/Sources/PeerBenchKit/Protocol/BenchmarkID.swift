// SPDX-License-Identifier: Apache-2.0

/// The name of one measurement, such as `la.gemm.f64.1024`.
package struct BenchmarkID: Hashable, Sendable, CustomStringConvertible {
    /// The element type of the work.
    package enum ElementType: String, Sendable, CaseIterable {
        /// `Float`.
        case f32

        /// `Double`.
        case f64
    }

    /// What is done.
    package let operation: String

    /// What it is done with.
    package let elementType: ElementType

    /// How large it is.
    package let size: Int

    package init(operation: String, elementType: ElementType, size: Int) {
        self.operation = operation
        self.elementType = elementType
        self.size = size
    }

    /// Reads `la.<operation>.<f32|f64>.<size>`; nil for any other text.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "la", let size = Int(parts[3]), size > 0,
            let elementType = ElementType(rawValue: String(parts[2]))
        else { return nil }
        self.init(operation: String(parts[1]), elementType: elementType, size: size)
        guard description == text else { return nil }
    }

    package var description: String { "la.\(operation).\(elementType.rawValue).\(size)" }
}
