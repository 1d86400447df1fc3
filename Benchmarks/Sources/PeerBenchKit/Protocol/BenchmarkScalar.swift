// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// An element type whose results can be checked: `Float` or `Double`.
package protocol BenchmarkScalar: LinearAlgebraScalar {
    /// How the type is written in ids and file names.
    static var elementType: BenchmarkID.ElementType { get }

    /// The elements as `Double`, exactly.
    static func doubles(_ elements: [Self]) -> [Double]

    /// The distance between neighbours of this type at `value`.
    static func ulp(at value: Double) -> Double

    /// How many ulps of this type a `Double` reference function with an error of two `Double` ulps
    /// may be off.
    static var referenceUlps: Double { get }
}

extension BenchmarkScalar {
    /// The distance from 1 to the next larger number.
    static var epsilon: Double { Double(ulpOfOne) }
}

extension Float: BenchmarkScalar {
    package static var elementType: BenchmarkID.ElementType { .f32 }

    package static func doubles(_ elements: [Float]) -> [Double] { elements.map { Double($0) } }

    package static func ulp(at value: Double) -> Double { Double(Float(value).ulp) }

    package static var referenceUlps: Double { 1e-6 }
}

extension Double: BenchmarkScalar {
    package static var elementType: BenchmarkID.ElementType { .f64 }

    package static func doubles(_ elements: [Double]) -> [Double] { elements }

    package static func ulp(at value: Double) -> Double { value.ulp }

    package static var referenceUlps: Double { 2 }
}
