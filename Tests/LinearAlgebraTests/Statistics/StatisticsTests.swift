// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct StatisticsTests {
    struct File: Decodable {
        struct Hard: Decodable {
            var values: [Double]
            var mean: Double
            var variance: Double
        }
        var rows: [[Double]]
        var frequencies: [Double]
        var weights: [Double]
        var covariance: [[Double]]
        var populationCovariance: [[Double]]
        var frequencyCovariance: [[Double]]
        var reliabilityCovariance: [[Double]]
        var pearson: [[Double]]
        var frequencyPearson: [[Double]]
        var spearman: [[Double]]
        var frequencySpearman: [[Double]]
        var ranks: [Double]
        var hard: [Hard]
    }

    private func expectMatrix(
        _ actual: Matrix<Double>, _ expected: [[Double]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(actual.transposed.materialized() == actual, sourceLocation: sourceLocation)
        expectClose(
            actual.elements, Array(expected.joined()), relative: 1e-12, absolute: 1e-13,
            sourceLocation: sourceLocation)
    }

    @Test func agreesWithNumPyAndSciPy() throws {
        let file: File = try golden("statistics")
        let x = Matrix(rows: file.rows)
        let frequencies = Vector(file.frequencies)
        expectMatrix(x.covariance(), file.covariance)
        expectMatrix(x.covariance(ddof: 0), file.populationCovariance)
        expectMatrix(try x.covariance(weights: frequencies), file.frequencyCovariance)
        expectMatrix(
            try x.covariance(weights: Vector(file.weights), .reliability),
            file.reliabilityCovariance)
        expectMatrix(x.pearsonCorrelation(), file.pearson)
        expectMatrix(try x.pearsonCorrelation(weights: frequencies), file.frequencyPearson)
        expectMatrix(x.spearmanCorrelation(), file.spearman)
        expectMatrix(try x.spearmanCorrelation(weights: frequencies), file.frequencySpearman)
        #expect(x.column(3).ranks().elements == file.ranks)
        for (i, j) in [(0, 1), (2, 3), (1, 1)] {
            let (a, b) = (x.column(i), x.column(j))
            expectClose(a.covariance(with: b), file.covariance[i][j], relative: 1e-12)
            expectClose(
                a.covariance(with: b, ddof: 0), file.populationCovariance[i][j], relative: 1e-12)
            expectClose(a.pearsonCorrelation(with: b), file.pearson[i][j], relative: 1e-12)
            expectClose(a.spearmanCorrelation(with: b), file.spearman[i][j], relative: 1e-12)
        }
        expectClose(
            try x.column(0).variance(weights: frequencies), file.frequencyCovariance[0][0],
            relative: 1e-12)
        expectClose(
            try x.column(0).variance(weights: Vector(file.weights), .reliability),
            file.reliabilityCovariance[0][0], relative: 1e-12)
        let moments = ColumnMoments(of: x)
        expectClose(
            moments.variances().elements, x.covariance().diagonal.elements, relative: 1e-12)
        expectClose(
            moments.standardDeviations(ddof: 0).elements,
            x.covariance(ddof: 0).diagonal.squareRoot().elements, relative: 1e-12)
    }

    @Test func largeMeansCostNoDigits() throws {
        let columns = try golden("statistics", as: File.self).hard
        #expect(columns.count == 4)
        for column in columns {
            let matrix = Matrix(
                rowCount: column.values.count, columnCount: 1, elements: column.values)
            let moments = ColumnMoments(of: matrix)
            expectUlps(moments.means[0], column.mean, ulps: 4)
            // A mean known to one ulp bounds what is known of the deviations.
            let doubt = column.mean.ulp * column.mean.ulp
            expectClose(
                moments.variances()[0], column.variance, relative: 1e-14, absolute: 4 * doubt,
                "\(column.mean)")
            // The two-pass form of Reductions keeps them too.
            for variance in [matrix.variance(), matrix.variance(.alongColumns)[0]] {
                expectClose(
                    variance, column.variance, relative: 1e-14, absolute: 4 * doubt,
                    "\(column.mean)")
            }
        }
    }

    @Test(arguments: propertySeeds(4))
    func momentsOfPartsAreThoseOfTheWhole(seed: UInt64) throws {
        let stream = RandomStream(seed: seed)
        var values = stream.child("values")
        let x = Matrix<Double>.random(
            .normal(mean: 40, standardDeviation: 3), shape: [311, 3], using: &values)
        var draws = stream.child("weights")
        let weights = Vector((0..<311).map { _ in Double(draws.integer(below: 4)) })
        let whole = try ColumnMoments(of: x, weights: weights)
        var parts = try ColumnMoments(of: x.gatheringRows([]), weights: .zeros(0))
        for range in [0..<1, 1..<100, 100..<311] {
            parts.add(
                try ColumnMoments(of: x.gatheringRows(Array(range)), weights: weights[range]))
        }
        #expect(parts.rowCount == 311 && parts.totalWeight == weights.sum())
        expectClose(parts.means.elements, whole.means.elements, relative: 1e-14)
        expectClose(parts.variances().elements, whole.variances().elements, relative: 1e-13)
        // A frequency is the same as a repeated row.
        let repeated = x.gatheringRows(
            (0..<311).flatMap { [Int](repeating: $0, count: Int(weights[$0])) })
        let expected = ColumnMoments(of: repeated)
        expectClose(whole.means.elements, expected.means.elements, relative: 1e-14)
        expectClose(whole.variances().elements, expected.variances().elements, relative: 1e-13)
        #expect(whole.divisor() == expected.divisor())
        // Reliabilities have no unit.
        let scaled = try ColumnMoments(of: x, weights: weights * 8)
        #expect(
            scaled.variances(weights: .reliability) == whole.variances(weights: .reliability))
    }

    @Test(arguments: propertySeeds(3))
    func standardizedColumnsHaveUnitSpread(seed: UInt64) {
        var x = Matrix<Double>.random(.uniform(in: 5..<9), shape: [120, 3], seed: seed)
        for row in 0..<120 { x[row, 2] = 0.1 }
        let z = x.standardized()
        expectClose(z.mean(.alongColumns).elements, [0, 0, 0], absolute: 1e-14)
        expectClose(
            ColumnMoments(of: z).variances(ddof: 0).elements, [1, 1, 0], relative: 1e-13)
        #expect(z.column(2) == .zeros(120))
        let moments = ColumnMoments(of: x)
        let later = Matrix<Double>.random(shape: [4, 3], seed: seed &+ 1)
        let expected = later.subtractingFromRows(moments.means)
        let actual = later.standardized(by: moments, ddof: 1)
        for column in 0..<2 {
            #expect(
                actual.column(column)
                    == expected.column(column) / moments.standardDeviations()[column])
        }
        #expect(actual.column(2) == expected.column(2))
    }

    @Test func undefinedStatisticsAreNaN() throws {
        let x = Matrix(rows: [[1, 7, 1, 0.1], [2, .nan, 1, 0.1], [4, 7, 3, 0.1]])
        let correlation = x.pearsonCorrelation()
        for i in 0..<4 {
            for j in 0..<4 {
                #expect(correlation[i, j].isNaN == ([i, j].contains { $0 == 1 || $0 == 3 }))
            }
        }
        #expect(correlation[0, 0] == 1 && x.spearmanCorrelation()[3, 0].isNaN)
        let covariance = x.covariance()
        #expect(covariance[3, 3] == 0 && covariance[1, 3].isNaN && covariance[0, 1].isNaN)
        #expect(covariance[0, 0].isFinite)
        #expect(Matrix(rows: [[1.0, 2]]).covariance()[0, 1].isNaN)
        #expect(Matrix(rows: [[1.0, 2]]).covariance(ddof: 0) == .zeros(2, 2))
        #expect(Vector([1.0, 1]).pearsonCorrelation(with: [1, 2]).isNaN)
        #expect(Vector([1.0, .nan]).ranks().elements.allSatisfy { $0.isNaN })
        #expect(Vector<Double>.zeros(0).ranks().isEmpty)
        #expect(ColumnMoments(of: Matrix<Float>.zeros(0, 2)).means.elements.allSatisfy { $0.isNaN })
        // Rows of weight 0 may hold anything.
        let masked = try x.pearsonCorrelation(weights: [1, 0, 1])
        #expect(masked[0, 0] == 1 && masked[1, 0].isNaN && masked[0, 2] == 1)
        expectClose(try x.column(1).mean(weights: [2, 0, 1]), 7)
        let far = Vector([1e300, -1e300, 2e300])
        expectClose(far.pearsonCorrelation(with: [1, -1, 2]), 1, relative: 1e-15)
    }

    @Test func ranksShareTies() {
        #expect(Vector([3.0, 1, 3, -0.0, 0, 3]).ranks() == [5, 3, 5, 1.5, 1.5, 5])
        #expect(Vector<Float>([2, 2, 2]).ranks() == [2, 2, 2])
    }

    @Test(arguments: [-1, .nan, .infinity] as [Double])
    func weightsMustBeFiniteAndNotNegative(weight: Double) {
        let error = #expect(throws: StatisticsError.self) {
            try Matrix<Double>.zeros(3, 2).covariance(weights: [1, weight, 1])
        }
        guard case .invalidWeight(let index, let value)? = error?.code else {
            Issue.record("no error")
            return
        }
        #expect(index == 1 && value.bitPattern == weight.bitPattern)
        #expect(error?.description.contains("\(weight) at 1") == true)
    }
}
