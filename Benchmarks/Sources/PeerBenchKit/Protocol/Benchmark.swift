// SPDX-License-Identifier: Apache-2.0

/// One kind of work that is timed here and in the peers, such as `gemm`.
package protocol Benchmark: Sendable {
    /// The second part of an id: `gemm` in `la.gemm.f64.1024`.
    var operation: String { get }

    /// The sizes that are published; what a size means depends on the operation.
    var sizes: [Int] { get }

    /// A size that runs within milliseconds, for tests.
    var smallSize: Int { get }

    /// Reads the input of size `size`; nil when the operation has no such size.
    ///
    /// - Throws: `.data` when the input cannot be read.
    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload?
}

/// Work that can be repeated, and the check of its latest result.
package struct Workload {
    /// Does the work once.
    package let run: () throws -> Void

    /// Compares the latest result with a reference and gives its quality figures.
    ///
    /// Throws ``BenchmarkError/Code/wrongResult`` when the error is larger than rounding explains.
    package let check: () throws -> [String: Double]

    init(run: @escaping () throws -> Void, check: @escaping () throws -> [String: Double]) {
        self.run = run
        self.check = check
    }
}
