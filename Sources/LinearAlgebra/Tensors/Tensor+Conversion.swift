// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// Creates a tensor of the elements of another, each rounded to this element type.
    ///
    /// From `Float` to `Double` nothing is lost. From `Double` to `Float`, magnitudes beyond the
    /// largest `Float` become infinite and tiny ones subnormal or 0.
    ///
    /// - Complexity: O(count); O(1) for equal element types.
    public init<Other>(_ other: Tensor<rank, Other>) {
        if let same = other as? Tensor {
            self = same
            return
        }
        let count = other.count
        let converted = uninitialized(count) { (output: UnsafeMutablePointer<Scalar>) in
            other.withPointer { convert(count, $0, output) }
        }
        self.init(uncheckedShape: other.shape, storage: converted)
    }
}

/// Rounds each element; for the two pairs of types in a loop that the compiler can vectorise.
private func convert<Source: LinearAlgebraScalar, Target: LinearAlgebraScalar>(
    _ count: Int, _ input: UnsafePointer<Source>, _ output: UnsafeMutablePointer<Target>
) {
    let (source, target) = (UnsafeRawPointer(input), UnsafeMutableRawPointer(output))
    if Source.self == Double.self, Target.self == Float.self {
        let input = source.assumingMemoryBound(to: Double.self)
        let output = target.assumingMemoryBound(to: Float.self)
        for index in 0..<count { output[index] = Float(input[index]) }
    } else if Source.self == Float.self, Target.self == Double.self {
        let input = source.assumingMemoryBound(to: Float.self)
        let output = target.assumingMemoryBound(to: Double.self)
        for index in 0..<count { output[index] = Double(input[index]) }
    } else {
        for index in 0..<count { output[index] = Target(input[index]) }
    }
}
