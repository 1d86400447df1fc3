// SPDX-License-Identifier: Apache-2.0

/// How exactly, for how long and with how much memory a kernel machine is fitted.
public struct SupportVectorSolver: Codable, Hashable, Sendable {
    /// The largest violation of the conditions of a minimum, above 0.
    public var tolerance: Double

    /// Whether variables that stay at a bound are left out for a while; the result is the same
    /// within the tolerance.
    public var shrinks: Bool

    /// The most bytes for kernel values that are kept.
    ///
    /// Sixteen rows of them are kept in any case; with fewer than 256 a fit takes longer.
    public var cacheBytes: Int

    /// The largest number of steps of each problem; beyond it the fit throws `notConverged`.
    public var iterationLimit: Int

    /// Settings; the recipes that hold them check their values.
    public init(
        tolerance: Double = 1e-3, shrinks: Bool = true, cacheBytes: Int = 200_000_000,
        iterationLimit: Int = 10_000_000
    ) {
        self.tolerance = tolerance
        self.shrinks = shrinks
        self.cacheBytes = cacheBytes
        self.iterationLimit = iterationLimit
    }

    /// Checks the values.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    func validate() throws(ModelError) {
        guard tolerance > 0, tolerance.isFinite else {
            throw ModelError(
                .invalidRecipe, "the tolerance is \(tolerance), not a number above 0")
        }
        guard cacheBytes >= 0 else {
            throw ModelError(.invalidRecipe, "a cache of \(cacheBytes) bytes")
        }
        guard iterationLimit >= 1 else {
            throw ModelError(.invalidRecipe, "\(iterationLimit) iterations, not 1 or more")
        }
    }

    var dual: DualSettings {
        DualSettings(
            tolerance: tolerance, iterationLimit: iterationLimit, cacheBytes: cacheBytes,
            shrinks: shrinks)
    }
}
