// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

let matrix = Matrix<Double>(rows: [[4, 2], [2, 3]])
let solution = try matrix.cholesky().solve(Vector([2, 5]))
precondition((matrix.matmul(solution) - Vector([2, 5])).norm() < 1e-12)
print("LinearAlgebra", solution, BLASRuntime.current)
