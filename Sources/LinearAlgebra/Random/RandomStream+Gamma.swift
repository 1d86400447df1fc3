// SPDX-License-Identifier: Apache-2.0

extension RandomStream {
    /// A gamma distributed number: density proportional to `x^(shape - 1) e^(-x / scale)`.
    ///
    /// Its mean is `shape * scale`, its variance `shape * scale²`; it takes a varying number of
    /// words. With a shape far below 1 most of the distribution lies below the smallest `Double`,
    /// and the result is then 0.
    ///
    /// G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26
    /// (2000), DOI 10.1145/358407.358414.
    ///
    /// - Precondition: `shape` and `scale` are positive and finite.
    public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
        precondition(shape > 0 && shape.isFinite, "gamma shape \(shape)")
        precondition(scale > 0 && scale.isFinite, "gamma scale \(scale)")
        guard shape < 1 else { return scale * marsagliaTsang(shape) }
        // Gamma(a) is Gamma(a + 1) U^(1 / a); the uniform number is in (0, 1].
        let larger = marsagliaTsang(shape + 1)
        return scale * larger * kernelExp(kernelLog(1 - uniform()) / shape)
    }

    /// A gamma number of scale 1, for a shape from 1 up.
    private mutating func marsagliaTsang(_ shape: Double) -> Double {
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            let u = 1 - uniform()
            if kernelLog(u) < 0.5 * x * x + d - d * v + d * kernelLog(v) { return d * v }
        }
    }
}

/// The library's own exponential, which has the same bits on every machine.
private func kernelExp(_ x: Double) -> Double {
    var result = x
    withUnsafeMutablePointer(to: &result) { Double._evaluate(.exp, 1, $0, $0) }
    return result
}
