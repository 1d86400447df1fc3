// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// What each row adds to the likelihood of a logistic model and to its derivatives, given its
/// log-odds.
enum LogisticRowTerms {
    /// `weight * (target - p)`, without `1 - p`: small probabilities decide where a fit ends.
    static func residuals(
        _ logits: Vector<Double>, _ weights: Vector<Double>, _ targets: Vector<Double>
    ) -> Vector<Double> {
        evaluated(logits, targets, weights) { start, count, logits, targets, weights, output in
            credit_logistic_residuals_f64(
                count, logits + start, targets + start, weights + start, output + start)
        }
    }

    /// `weight * p * (1 - p)`.
    static func curvatures(
        _ logits: Vector<Double>, _ weights: Vector<Double>
    ) -> Vector<Double> {
        evaluated(logits, weights, weights) { start, count, logits, weights, _, output in
            credit_logistic_curvatures_f64(count, logits + start, weights + start, output + start)
        }
    }

    /// `weight * log(1 + exp(-sign * logit))`, without overflow or cancellation.
    static func losses(
        _ logits: Vector<Double>, _ weights: Vector<Double>, _ signs: Vector<Double>
    ) -> Vector<Double> {
        evaluated(logits, signs, weights) { start, count, logits, signs, weights, output in
            credit_logistic_losses_f64(
                count, logits + start, signs + start, weights + start, output + start)
        }
    }

    private typealias Rows = UnsafePointer<Double>

    private static func evaluated(
        _ a: Vector<Double>, _ b: Vector<Double>, _ c: Vector<Double>,
        _ body: (Int, Int, Rows, Rows, Rows, UnsafeMutablePointer<Double>) -> Void
    ) -> Vector<Double> {
        let count = a.count
        precondition(b.count == count && c.count == count, "\(count), \(b.count), \(c.count) rows")
        return Vector(
            [Double](unsafeUninitializedCapacity: count) { output, initialised in
                initialised = count
                guard let output = output.baseAddress else { return }
                a.withRows { a in
                    b.withRows { b in
                        c.withRows { c in
                            concurrently(count, minimum: 1 << 16) { start, length in
                                body(start, length, a, b, c, output)
                            }
                        }
                    }
                }
            })
    }
}

extension Tensor where rank == 1, Scalar == Double {
    /// Calls `body` with the address of the elements, if there are any.
    fileprivate func withRows(_ body: (UnsafePointer<Double>) -> Void) {
        withSpan { $0.withUnsafeBufferPointer { $0.baseAddress.map(body) } }
    }
}
