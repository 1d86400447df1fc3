// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// What the outputs of a network mean and what is lost when they are wrong.
///
/// A focal loss multiplies the log loss by `(1 - p)^gamma`, where `p` is the probability of the true
/// class, so that rows that are told apart already count less; 0 is the log loss. T.-Y. Lin et al.,
/// "Focal loss for dense object detection", ICCV 2017, DOI 10.1109/ICCV.2017.324.
package enum NetworkHead: Hashable, Sendable {
    /// One output, the log odds; targets are 0 and 1.
    case logistic(focal: Double = 0)
    /// An output per class; a target is the index of a class.
    case softmax(classes: Int, focal: Double = 0)
    /// `(output - target)²`.
    case squared
    /// Half the square up to `delta`, and straight lines of slope `delta` beyond.
    case huber(delta: Double)
    /// `exp(output) - target * output`: the output is the logarithm of the expected count.
    case poisson

    /// The log odds of two classes, or a score for each of several.
    static func classes(_ count: Int, focal: Double = 0) -> NetworkHead {
        count == 2 ? .logistic(focal: focal) : .softmax(classes: count, focal: focal)
    }

    /// The outputs of a row; those of numbers have one.
    package var width: Int {
        if case .softmax(let classes, _) = self { classes } else { 1 }
    }

    /// The sum of the weighted losses of `rows`, and its gradient by the outputs (rows x width).
    ///
    /// The gradient may take the outputs' place.
    package func loss<Scalar: NetworkScalar>(
        _ rows: Int, outputs: UnsafePointer<Scalar>, targets: UnsafePointer<Scalar>,
        weights: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>
    ) -> Double {
        Scalar._loss(self, rows, width, outputs, targets, weights, gradient)
    }

    /// Makes outputs (rows x width) probabilities or expected numbers, in place.
    package func activate<Scalar: NetworkScalar>(
        _ outputs: UnsafeMutablePointer<Scalar>, rows: Int
    ) {
        switch self {
        case .logistic: Scalar._evaluate(.sigmoid, rows, outputs, outputs)
        case .softmax(let classes, _):
            Scalar._evaluateRows(.softmax, rows, classes, outputs, outputs)
        case .squared, .huber: break
        case .poisson: Scalar._evaluate(.exp, rows, outputs, outputs)
        }
    }

    /// The probabilities of all classes (rows x classes), of activated outputs (rows x width).
    func classProbabilities(_ outputs: [Double]) -> Matrix<Double> {
        var values: [Double] = []
        if width == 1 {
            for probability in outputs { values += [1 - probability, probability] }
        } else {
            for start in stride(from: 0, to: outputs.count, by: width) {
                let row = outputs[start..<start + width]
                // Their sum was 1 in single precision.
                let sum = row.reduce(0, +)
                values += row.map { $0 / sum }
            }
        }
        let columns = max(width, 2)
        return Matrix(
            rowCount: values.count / columns, columnCount: columns, elements: values)
    }

    /// The probability of the last class, of the outputs of one row.
    func probability(_ outputs: [Float]) -> Double {
        var outputs = outputs
        activate(&outputs, rows: 1)
        let all = classProbabilities(outputs.map { Double($0) })
        return all[0, all.columnCount - 1]
    }
}
