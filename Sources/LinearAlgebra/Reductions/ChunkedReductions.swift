// SPDX-License-Identifier: Apache-2.0

// Long vectors are reduced chunk by chunk whatever the number of threads, so that it does not show
// in the result.

/// The elements of a chunk: a power of two of the kernels' blocks, so that in the tree of pairwise
/// sums a chunk is a whole branch.
private let chunk = 1 << 16

/// The results of `part`, given first positions and counts, for the chunks of `0..<count`.
private func chunks<Result>(_ count: Int, _ part: (Int, Int) -> Result) -> [Result] {
    uninitialized((count + chunk - 1) / chunk) { (results: UnsafeMutablePointer<Result>) in
        concurrently(count, minimum: 1 << 18, block: chunk) { start, length in
            for first in stride(from: start, to: start + length, by: chunk) {
                let result = part(first, min(chunk, start + length - first))
                (results + first / chunk).initialize(to: result)
            }
        }
    }
}

/// The sum of `part`, which adds a range of elements in the library's order: the bits of one call
/// for the whole range.
func chunkedSum<Scalar: LinearAlgebraScalar>(
    _ count: Int, _ part: (Int, Int) -> Scalar
) -> Scalar {
    guard count > chunk else { return part(0, count) }
    return pairwiseSum(chunks(count, part))
}

/// The sum in the order in which the kernels add the sums of blocks.
private func pairwiseSum<Scalar: LinearAlgebraScalar>(_ terms: [Scalar]) -> Scalar {
    var partial: [Scalar] = []
    for (index, term) in terms.enumerated() {
        partial.append(term)
        // As many trailing zero bits, as many equal halves are complete.
        for _ in 0..<(index + 1).trailingZeroBitCount {
            let half = partial.removeLast()
            partial[partial.count - 1] += half
        }
    }
    var total = partial.removeLast()
    while let larger = partial.popLast() { total = larger + total }
    return total
}

/// What `reduce` gives for a range of elements, if it gives the same for its own results of parts
/// of the range.
func chunkedExtreme<Scalar: LinearAlgebraScalar>(
    _ count: Int, _ a: UnsafePointer<Scalar>,
    _ reduce: (Int, UnsafePointer<Scalar>) -> Scalar
) -> Scalar {
    guard count > chunk else { return reduce(count, a) }
    let extremes = Vector(chunks(count) { reduce($1, a + $0) })
    return extremes.withPointer { reduce(extremes.count, $0) }
}

/// The position that `search` gives for a range of elements, if what it finds is what it would find
/// among the results of parts.
func chunkedPosition<Scalar: LinearAlgebraScalar>(
    _ count: Int, _ a: UnsafePointer<Scalar>, _ search: (Int, UnsafePointer<Scalar>) -> Int
) -> Int {
    guard count > chunk else { return search(count, a) }
    let positions = chunks(count) { $0 + search($1, a + $0) }
    let candidates = Vector(positions.map { a[$0] })
    return positions[candidates.withPointer { search(candidates.count, $0) }]
}
