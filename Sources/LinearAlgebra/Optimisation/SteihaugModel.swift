// SPDX-License-Identifier: Apache-2.0

/// The quadratic model `g · p + p · H p / 2` within a ball, minimised by conjugate gradients.
struct SteihaugModel {
    struct Step {
        var vector: Vector<Double>
        var predictedFall: Double
        var isAtEdge: Bool
    }

    let gradient: Vector<Double>
    let radius: Double
    let product: (Vector<Double>) -> Vector<Double>
    private(set) var products = 0

    init(
        gradient: Vector<Double>, radius: Double,
        product: @escaping (Vector<Double>) -> Vector<Double>
    ) {
        self.gradient = gradient
        self.radius = radius
        self.product = product
    }

    mutating func minimise(_ counter: EvaluationCounter) throws(OptimisationError) -> Step {
        let norm = gradient.norm()
        // Tighter as the gradient falls, which makes the outer convergence quadratic.
        let tolerance = norm * min(0.5, norm)
        var vector = Vector<Double>.zeros(gradient.count)
        // H times `vector`, so that the model's value costs no further product.
        var image = vector
        var residual = gradient
        var direction = -gradient
        var square = residual.orderedDot(residual)
        for _ in 0..<2 * gradient.count {
            let curved = try apply(direction, counter)
            let curvature = direction.orderedDot(curved)
            let length = square / curvature
            let longer = vector + direction * length
            if !(curvature > 0) || !(longer.norm() < radius) {
                let edge = lengthToEdge(vector, direction)
                return step(vector + direction * edge, image + curved * edge, isAtEdge: true)
            }
            vector = longer
            image += curved * length
            residual += curved * length
            if residual.norm() <= tolerance { break }
            let next = residual.orderedDot(residual)
            direction = direction * (next / square) - residual
            square = next
        }
        return step(vector, image, isAtEdge: false)
    }

    private func step(
        _ vector: Vector<Double>, _ image: Vector<Double>, isAtEdge: Bool
    ) -> Step {
        let change = gradient.orderedDot(vector) + vector.orderedDot(image) / 2
        return Step(vector: vector, predictedFall: -change, isAtEdge: isAtEdge)
    }

    /// The positive t with `|vector + t direction| = radius`.
    private func lengthToEdge(_ vector: Vector<Double>, _ direction: Vector<Double>) -> Double {
        let scale = direction.norm()
        let unit = direction / scale
        let along = vector.orderedDot(unit)
        let gap = (radius - vector.norm()) * (radius + vector.norm())
        let root = (along * along + max(0, gap)).squareRoot()
        // Of both forms the one without cancellation.
        return (along > 0 ? gap / (along + root) : root - along) / scale
    }

    private mutating func apply(
        _ vector: Vector<Double>, _ counter: EvaluationCounter
    ) throws(OptimisationError) -> Vector<Double> {
        products += 1
        let image = product(vector)
        precondition(
            image.count == gradient.count,
            "a curvature product of \(image.count) elements for \(gradient.count) variables")
        try counter.requireFinite(image)
        return image
    }
}
