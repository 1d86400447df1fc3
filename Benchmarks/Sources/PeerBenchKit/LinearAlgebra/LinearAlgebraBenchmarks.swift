// SPDX-License-Identifier: Apache-2.0

/// Every benchmark of the numeric core, in the order in which it is published.
package let linearAlgebraBenchmarks: [any Benchmark] = [
    MatrixProductBenchmark(), MatrixVectorProductBenchmark(), DotProductBenchmark(),
    ScaledAdditionBenchmark(),
    FunctionBenchmark(function: .exp), FunctionBenchmark(function: .sigmoid),
    FunctionBenchmark(function: .tanh), LinearCombinationBenchmark(),
    ReductionBenchmark(reduction: .rowSum), ReductionBenchmark(reduction: .rowMean),
    ReductionBenchmark(reduction: .columnSum), ReductionBenchmark(reduction: .columnMean),
    SoftmaxBenchmark(), RowBroadcastBenchmark(), TranspositionBenchmark(),
    BatchedProductBenchmark(),
    LUSolveBenchmark(), CholeskyBenchmark(), QRBenchmark(), SVDBenchmark(),
    SymmetricEigenBenchmark(),
]

/// The published ids: every benchmark in every element type and size.
package var publishedIDs: [BenchmarkID] {
    BenchmarkID.ElementType.allCases.flatMap { elementType in
        linearAlgebraBenchmarks.flatMap { benchmark in
            benchmark.sizes.map {
                BenchmarkID(
                    operation: benchmark.operation, elementType: elementType, size: $0)
            }
        }
    }
}
