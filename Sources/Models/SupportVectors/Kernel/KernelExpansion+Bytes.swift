// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension KernelExpansion {
    /// The factor `gamma` of the kernel; `nil` where it has none.
    var gamma: Double? {
        guard case .computed(let kernel, _) = origin else { return nil }
        return kernel.gamma
    }

    func encode(to encoder: inout CanonicalEncoder) {
        switch origin {
        case .computed(let kernel, let vectors):
            encoder.encode(optional: kernel.gamma) { $0.encode($1) }
            encoder.encode(vectors.elements) { $0.encode($1) }
        case .given(let columns): encoder.encode(columns) { $0.encode($1) }
        }
        encoder.encode(coefficients.elements) { $0.encode($1) }
        encoder.encode(intercepts) { $0.encode($1) }
    }

    /// Reads an expansion of `kernel` over `count` vectors of `width` features in `machines`
    /// machines.
    init(
        _ kernel: KernelFunction, count: Int, width: Int, machines: Int,
        from decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) {
        let origin: Origin
        if kernel == .precomputed {
            let columns = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeInt()
            }
            guard columns.count == count, columns.allSatisfy({ (0..<width).contains($0) }) else {
                throw decoder.error("\(columns.count) columns of \(width) for \(count) vectors")
            }
            origin = .given(columns: columns)
        } else {
            let gamma = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeDouble()
            }
            guard let resolved = kernel.resolved(gamma: gamma) else {
                throw decoder.error(
                    "a scale of \(gamma.map { "\($0)" } ?? "nothing") for the kernel")
            }
            let elements = try decoder.decodeDoubles()
            let (expected, isTooLarge) = count.multipliedReportingOverflow(by: width)
            guard !isTooLarge, elements.count == expected, elements.allSatisfy(\.isFinite) else {
                throw decoder.error(
                    "\(elements.count) values of \(count) vectors and \(width) features, "
                        + "or not all of them finite")
            }
            origin = .computed(
                resolved,
                vectors: Matrix(rowCount: count, columnCount: width, elements: elements))
        }
        let factors = try decoder.decodeDoubles()
        let intercepts = try decoder.decodeDoubles()
        let (expected, isTooLarge) = machines.multipliedReportingOverflow(by: count)
        guard !isTooLarge, factors.count == expected, intercepts.count == machines,
            factors.allSatisfy(\.isFinite), intercepts.allSatisfy(\.isFinite)
        else {
            throw decoder.error(
                "\(factors.count) coefficients and \(intercepts.count) intercepts of \(machines) "
                    + "machines over \(count) vectors, or not all of them finite")
        }
        self.init(
            origin,
            coefficients: Matrix(rowCount: machines, columnCount: count, elements: factors),
            intercepts: intercepts)
    }
}

extension SupportVectorSolver {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(tolerance)
        encoder.encode(shrinks)
        encoder.encode(cacheBytes)
        encoder.encode(iterationLimit)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            tolerance: try decoder.decodeDouble(), shrinks: try decoder.decodeBool(),
            cacheBytes: try decoder.decodeInt(), iterationLimit: try decoder.decodeInt())
    }
}

extension CanonicalDecoder {
    /// Reads ascending indices of `count` rows.
    mutating func decodeAscendingRows() throws(CanonicalDecodingError) -> [Int] {
        let rows = try decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeInt()
        }
        guard (rows.first ?? 0) >= 0, zip(rows, rows.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw error("\(rows.count) rows that do not ascend")
        }
        return rows
    }
}
