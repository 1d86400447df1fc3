// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

// Both the matrix and the array stay in the nearest cache, so that nothing hides the access.
private let side = 40
private let passCount = 50

/// Counts elements above 0 by `m[i, j]`, beside an array and its own index.
///
/// Counting, unlike adding numbers, leaves the processor no time to hide the access. The functions
/// are not inlined, so that no pass is saved.
let elementReading = OverheadPair(
    id: "overhead.read.f64.40", measure: .factor(limit: 1.2),
    operationCount: passCount * side * side
) {
    let matrix = Matrix<Double>.random(.normal, shape: [side, side], seed: 3)
    let array = matrix.elements
    var (count, plainCount) = (0, 0)
    return OverheadPair.Work {
        for _ in 0..<passCount { count &+= positives(matrix) }
    } plain: {
        for _ in 0..<passCount { plainCount &+= positives(array, columnCount: side) }
    } results: {
        ([Double(count)], [Double(plainCount)])
    }
}

/// Changes every element by `m[i, j]`, beside an array and its own index.
///
/// An element takes some operations, so that it counts for little on which addresses the compiler
/// happens to lay the loop.
let elementWriting = OverheadPair(
    id: "overhead.write.f64.40", measure: .factor(limit: 1.2),
    operationCount: passCount * side * side
) {
    var matrix = Matrix<Double>.random(.normal, shape: [side, side], seed: 3)
    var array = matrix.elements
    return OverheadPair.Work {
        for _ in 0..<passCount { change(&matrix) }
    } plain: {
        for _ in 0..<passCount { change(&array, columnCount: side) }
    } results: {
        (matrix.elements, array)
    }
}

@inline(never)
private func positives(_ matrix: Matrix<Double>) -> Int {
    var count = 0
    for row in 0..<matrix.rowCount {
        for column in 0..<matrix.columnCount where matrix[row, column] > 0 { count += 1 }
    }
    return count
}

@inline(never)
private func positives(_ array: [Double], columnCount: Int) -> Int {
    var count = 0
    for row in 0..<array.count / columnCount {
        for column in 0..<columnCount where array[row * columnCount + column] > 0 { count += 1 }
    }
    return count
}

@inline(never)
private func change(_ matrix: inout Matrix<Double>) {
    for row in 0..<matrix.rowCount {
        for column in 0..<matrix.columnCount {
            matrix[row, column] = contracted(matrix[row, column])
        }
    }
}

@inline(never)
private func change(_ array: inout [Double], columnCount: Int) {
    for row in 0..<array.count / columnCount {
        for column in 0..<columnCount {
            let position = row * columnCount + column
            array[position] = contracted(array[position])
        }
    }
}

/// Six steps towards a fixed point, so that no number of passes leaves the range.
@inline(__always)
private func contracted(_ element: Double) -> Double {
    var x = element
    for _ in 0..<6 { x = 0.5 * x + 0.25 }
    return x
}
