// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Some variables of a quadratic problem with box bounds, solved two variables at a time with their
/// kernel values in a small matrix.
///
/// Variables lie in groups, each with a fixed sum; ``layOut(_:)`` gives them places.
package final class VariableBlock {
    /// Groups end at multiples of it, with places for no variable between them.
    private static let lanes = 16

    private let capacity: Int
    private let kernel: UnsafeMutablePointer<Float>
    private let diagonal: UnsafeMutablePointer<Float>
    private let numbers: UnsafeMutablePointer<Double>
    private var stride = 0
    private var ends: [Int] = []

    // Per group the first variable and its place.
    private var starts: [(variable: Int, place: Int, size: Int)] = []
    private var places: [Int] = []

    /// A block of at most `limit` variables in `groups` groups.
    package init(limit: Int, groups: Int) {
        capacity = limit + groups * Self.lanes
        kernel = .allocate(capacity: capacity * capacity)
        diagonal = .allocate(capacity: capacity)
        numbers = .allocate(capacity: 6 * capacity)
    }

    deinit {
        kernel.deallocate()
        diagonal.deallocate()
        numbers.deallocate()
    }

    private func column(_ index: Int) -> UnsafeMutablePointer<Double> {
        numbers + index * capacity
    }

    private var value: UnsafeMutablePointer<Double> { column(0) }
    private var lower: UnsafeMutablePointer<Double> { column(1) }
    private var upper: UnsafeMutablePointer<Double> { column(2) }
    private var gradient: UnsafeMutablePointer<Double> { column(3) }
    private var rise: UnsafeMutablePointer<Double> { column(4) }
    private var fall: UnsafeMutablePointer<Double> { column(5) }

    /// Empties the block and lays out groups of these sizes.
    ///
    /// - Precondition: No more variables and groups than the block has room for.
    package func layOut(_ sizes: [Int]) {
        ends = []
        places = []
        starts = []
        var end = 0
        for size in sizes {
            starts.append((places.count, end, size))
            places += end..<end + size
            end += (size + Self.lanes - 1) / Self.lanes * Self.lanes
            ends.append(end)
        }
        precondition(end <= capacity, "\(end) places for variables, room for \(capacity)")
        stride = end
        kernel.initialize(repeating: 0, count: end * end)
        diagonal.initialize(repeating: 0, count: end)
        for index in 0..<4 { column(index).initialize(repeating: 0, count: end) }
        rise.initialize(repeating: -.infinity, count: end)
        fall.initialize(repeating: -.infinity, count: end)
    }

    /// Sets a variable, given the kernel values of its row and where those with the variables of
    /// the block are in it.
    package func set(
        _ variable: Int, value: Double, within bounds: (lower: Double, upper: Double),
        gradient slope: Double, diagonal itself: Float, _ row: UnsafePointer<Float>,
        at positions: [Int]
    ) {
        let place = places[variable]
        self.value[place] = value
        (lower[place], upper[place]) = bounds
        gradient[place] = slope
        rise[place] = value < bounds.upper ? 0 : -.infinity
        fall[place] = value > bounds.lower ? 0 : -.infinity
        diagonal[place] = itself
        positions.withUnsafeBufferPointer { positions in
            guard let positions = positions.baseAddress else { return }
            for start in starts {
                credit_svm_gather(
                    start.size, row, positions + start.variable,
                    kernel + place * stride + start.place)
            }
        }
    }

    /// The value of a variable.
    package func value(of variable: Int) -> Double { value[places[variable]] }

    /// Moves pairs of variables until no violation of the conditions of a minimum reaches
    /// `tolerance`, and returns how many.
    ///
    /// The first variable of a pair violates the conditions most, the second one lowers the
    /// objective most by its second derivative.
    package func minimise(tolerance: Double, limit: Int) -> Int {
        credit_svm_block(
            credit_svm_variables(
                kernel: kernel, diagonal: diagonal, stride: stride, lower: lower, upper: upper,
                value: value, gradient: gradient, rise: rise, fall: fall),
            ends.count, ends, tolerance, limit)
    }
}

/// Adds factors times rows of `values`, `stride` apart, to `sums`, one row after the other.
package func addRows(
    _ count: Int, _ factors: [Double], _ slots: [Int], of values: UnsafePointer<Float>,
    stride: Int, to sums: UnsafeMutablePointer<Double>
) {
    precondition(factors.count == slots.count, "\(factors.count) factors, \(slots.count) rows")
    credit_svm_add_rows(count, slots.count, factors, slots, values, stride, sums)
}
