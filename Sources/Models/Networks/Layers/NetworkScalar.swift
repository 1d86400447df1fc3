// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// What networks calculate in: `Float` to train, `Double` to check gradients; no other.
///
/// The requirements are the kernels of `CCreditNetworks.h`.
package protocol NetworkScalar: LinearAlgebraScalar {
    static func _fillRows(
        _ rows: Int, _ columns: Int, _ row: UnsafePointer<Self>,
        _ output: UnsafeMutablePointer<Self>)

    static func _addColumnSums(
        _ rows: Int, _ columns: Int, _ values: UnsafePointer<Self>,
        _ sums: UnsafeMutablePointer<Self>)

    static func _gatherRows(
        _ count: Int, _ columns: Int, _ indices: UnsafePointer<Int>,
        _ values: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>)

    static func _orderedProduct(
        _ rows: Int, _ inner: Int, _ columns: Int, _ a: UnsafePointer<Self>,
        _ b: UnsafePointer<Self>, _ row: UnsafePointer<Self>,
        _ output: UnsafeMutablePointer<Self>)

    static func _slope(
        of activation: Activation, _ count: Int, _ output: UnsafePointer<Self>,
        _ gradient: UnsafeMutablePointer<Self>)

    static func _geluArguments(
        _ count: Int, _ x: UnsafePointer<Self>, _ scaled: UnsafeMutablePointer<Self>,
        _ square: UnsafeMutablePointer<Self>)

    static func _gelu(
        _ count: Int, _ x: UnsafePointer<Self>, _ errorFunction: UnsafeMutablePointer<Self>,
        _ bell: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>)

    static func _dropout(
        _ count: Int, key: UInt64, threshold: UInt32, _ scale: Self,
        _ input: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>,
        _ mask: UnsafeMutablePointer<Self>)

    static func _embed(
        _ shape: EmbeddingShape, _ rows: Int, _ table: UnsafePointer<Self>,
        _ input: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>)

    static func _embedGradient(
        _ shape: EmbeddingShape, _ rows: Int, _ input: UnsafePointer<Self>,
        _ outputGradient: UnsafePointer<Self>, _ tableGradient: UnsafeMutablePointer<Self>)

    static func _batchNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, momentum: Double,
        scale: UnsafePointer<Self>, offset: UnsafePointer<Self>,
        runningMean: UnsafeMutablePointer<Self>, runningVariance: UnsafeMutablePointer<Self>,
        input: UnsafePointer<Self>, output: UnsafeMutablePointer<Self>,
        normal: UnsafeMutablePointer<Self>, inverse: UnsafeMutablePointer<Self>)

    static func _stillBatchNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, scale: UnsafePointer<Self>,
        offset: UnsafePointer<Self>, runningMean: UnsafePointer<Self>,
        runningVariance: UnsafePointer<Self>, input: UnsafePointer<Self>,
        output: UnsafeMutablePointer<Self>)

    static func _batchNormGradient(
        _ rows: Int, _ columns: Int, scale: UnsafePointer<Self>, normal: UnsafePointer<Self>,
        inverse: UnsafePointer<Self>, outputGradient: UnsafePointer<Self>,
        scaleGradient: UnsafeMutablePointer<Self>, offsetGradient: UnsafeMutablePointer<Self>,
        inputGradient: UnsafeMutablePointer<Self>?)

    static func _layerNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, scale: UnsafePointer<Self>,
        offset: UnsafePointer<Self>, input: UnsafePointer<Self>,
        output: UnsafeMutablePointer<Self>, normal: UnsafeMutablePointer<Self>,
        inverse: UnsafeMutablePointer<Self>)

    static func _layerNormGradient(
        _ rows: Int, _ columns: Int, scale: UnsafePointer<Self>, normal: UnsafePointer<Self>,
        inverse: UnsafePointer<Self>, outputGradient: UnsafePointer<Self>,
        scaleGradient: UnsafeMutablePointer<Self>, offsetGradient: UnsafeMutablePointer<Self>,
        inputGradient: UnsafeMutablePointer<Self>?)

    static func _squaredNorm(_ count: Int, _ values: UnsafePointer<Self>) -> Double

    static func _loss(
        _ head: NetworkHead, _ rows: Int, _ columns: Int, _ outputs: UnsafePointer<Self>,
        _ targets: UnsafePointer<Self>, _ weights: UnsafePointer<Self>,
        _ gradient: UnsafeMutablePointer<Self>
    ) -> Double

    static func _step(
        _ step: OptimiserStep, _ count: Int, _ gradient: UnsafePointer<Self>,
        _ first: UnsafeMutablePointer<Self>, _ second: UnsafeMutablePointer<Self>,
        _ parameters: UnsafeMutablePointer<Self>)
}
