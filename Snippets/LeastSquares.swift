// SPDX-License-Identifier: Apache-2.0

// Ridge regression in three lines. The transpose is a view: nothing is moved.
import LinearAlgebra

let features = Matrix<Double>.random(.normal, shape: [1000, 5], seed: 7)
let target = features.matmul(Vector([1.0, -2, 0, 3, 0.5]))

let gram = features.transposed.matmul(features) + 0.1 * Matrix.identity(5)
let coefficients = try gram.cholesky().solve(features.transposed.matmul(target))
print(coefficients)
print(BLASRuntime.current)
