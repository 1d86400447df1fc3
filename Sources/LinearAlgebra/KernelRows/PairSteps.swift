// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Passes over all variables of a quadratic problem that is solved two variables at a time.
package enum PairSteps {
    /// `gradient += step * (first - second)`.
    package static func move(
        _ count: Int, by step: Double, _ first: UnsafePointer<Float>,
        _ second: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Double>
    ) {
        credit_svm_move(count, step, first, second, gradient)
    }

    /// `gradient += factor * row`.
    package static func accumulate(
        _ count: Int, _ factor: Double, _ row: UnsafePointer<Float>,
        _ gradient: UnsafeMutablePointer<Double>
    ) {
        credit_svm_accumulate(count, factor, row, gradient)
    }

    /// The variable that may rise, `rise` being 0 and not minus infinity, with the lowest gradient.
    package static func steepest(
        _ count: Int, _ gradient: UnsafePointer<Double>, _ rise: UnsafePointer<Float>
    ) -> (position: Int, slope: Double)? {
        var slope = 0.0
        let position = credit_svm_first(count, gradient, rise, &slope)
        return position < 0 ? nil : (position, slope)
    }

    /// The variable that may fall whose step against a rising one gains most; `nil` if none gains.
    ///
    /// It may fall where `fall` is 0 and not minus infinity. `largest` is the largest gradient of
    /// those that may fall.
    package static func partner(
        _ count: Int, slope: Double, itself: Float, _ row: UnsafePointer<Float>,
        _ diagonal: UnsafePointer<Float>, _ gradient: UnsafePointer<Double>,
        _ fall: UnsafePointer<Float>
    ) -> (position: Int?, gain: Float, largest: Double) {
        var (largest, gain) = (0.0, Float(0))
        let position = credit_svm_second(
            count, slope, itself, row, diagonal, gradient, fall, &largest, &gain)
        return (position < 0 ? nil : position, gain, largest)
    }
}
