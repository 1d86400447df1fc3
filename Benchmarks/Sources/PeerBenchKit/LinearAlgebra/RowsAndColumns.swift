// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LinearAlgebra

/// The shape of work on rows and columns: ten times as many rows as columns, `size` elements.
private func tallShape(_ size: Int) -> (rows: Int, columns: Int)? {
    let columns = Int((Double(size) / 10).squareRoot())
    return columns * columns * 10 == size ? (10 * columns, columns) : nil
}

/// `rowsum`, `rowmean`, `colsum` and `colmean` of a matrix of n elements.
struct ReductionBenchmark: Benchmark {
    enum Reduction: String {
        case rowSum = "rowsum"
        case rowMean = "rowmean"
        case columnSum = "colsum"
        case columnMean = "colmean"
    }

    let reduction: Reduction
    let sizes = [10_000_000]
    let smallSize = 1000

    var operation: String { reduction.rawValue }

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        guard let (rows, columns) = tallShape(size) else { return nil }
        let x = try data.matrix("la_x", rows, columns)
        let alongRows = reduction == .rowSum || reduction == .rowMean
        var result = Vector<Scalar>.zeros(alongRows ? rows : columns)
        return Workload {
            switch reduction {
            case .rowSum: result.formSum(of: x, .alongRows)
            case .rowMean: result.formMean(of: x, .alongRows)
            case .columnSum: result.formSum(of: x, .alongColumns)
            case .columnMean: result.formMean(of: x, .alongColumns)
            }
        } check: {
            let elements = Scalar.doubles(x.elements)
            let lines = (0..<(alongRows ? rows : columns)).map { line in
                alongRows
                    ? elements[(line * columns)..<((line + 1) * columns)]
                    : ArraySlice(stride(from: line, to: size, by: columns).map { elements[$0] })
            }
            let isMean = reduction == .rowMean || reduction == .columnMean
            let divisor = isMean ? Double(alongRows ? columns : rows) : 1
            let magnitudes = lines.map { compensatedSum($0.lazy.map(abs)) / divisor }
            let error = try requireAgreement(
                operation, Scalar.doubles(result.elements),
                lines.map { compensatedSum($0) / divisor }, limit: 8
            ) { Scalar.epsilon * magnitudes[$0] }
            return ["error_eps": error]
        }
    }
}

/// `softmax` of every row of a matrix of n elements.
struct SoftmaxBenchmark: Benchmark {
    let operation = "softmax"
    let sizes = [10_000_000]
    let smallSize = 1000

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        guard let (rows, columns) = tallShape(size) else { return nil }
        let x = try data.matrix("la_x", rows, columns)
        var result = Matrix<Scalar>.zeros(rows, columns)
        return Workload {
            result.formSoftmax(of: x)
        } check: {
            let elements = Scalar.doubles(x.elements)
            var expected: [Double] = []
            expected.reserveCapacity(size)
            for row in 0..<rows {
                let line = elements[(row * columns)..<((row + 1) * columns)]
                let largest = line.max() ?? 0
                let powers = line.map { exp($0 - largest) }
                let sum = compensatedSum(powers)
                expected.append(contentsOf: powers.map { $0 / sum })
            }
            // The exponent's own rounding counts as often as the exponent is large.
            let error = try requireAgreement(
                operation, Scalar.doubles(result.elements), expected, limit: 16
            ) { Scalar.ulp(at: expected[$0]) }
            return ["error_ulps": error]
        }
    }
}

/// `bcast_add`: a vector added to every row of a matrix of n elements.
struct RowBroadcastBenchmark: Benchmark {
    let operation = "bcast_add"
    let sizes = [10_000_000]
    let smallSize = 1000

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        guard let (rows, columns) = tallShape(size) else { return nil }
        let x = try data.matrix("la_x", rows, columns)
        let v = try data.vector("la_y", count: columns)
        var result = Matrix<Scalar>.zeros(rows, columns)
        return Workload {
            result.formAddingToRows(x, v)
        } check: {
            let (elements, added) = (Scalar.doubles(x.elements), Scalar.doubles(v.elements))
            let expected = elements.indices.map { elements[$0] + added[$0 % columns] }
            // One rounding: half a unit of the exact sum, which is at most the two magnitudes.
            let error = try requireAgreement(
                operation, Scalar.doubles(result.elements), expected, limit: 0.5
            ) { Scalar.epsilon * (abs(elements[$0]) + abs(added[$0 % columns])) }
            return ["error_eps": error]
        }
    }
}

/// `transpose`: the elements of an n x n matrix moved.
struct TranspositionBenchmark: Benchmark {
    let operation = "transpose"
    let sizes = [4096]
    let smallSize = 17

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let a = try data.matrix("la_A", size, size)
        var result = Matrix<Scalar>.zeros(size, size)
        return Workload {
            result.formTransposition(of: a)
        } check: {
            let elements = Scalar.doubles(a.elements)
            let expected = (0..<size * size).map { elements[$0 % size * size + $0 / size] }
            _ = try requireAgreement(
                operation, Scalar.doubles(result.elements), expected, limit: 0
            ) { _ in 1 }
            return [:]
        }
    }
}
