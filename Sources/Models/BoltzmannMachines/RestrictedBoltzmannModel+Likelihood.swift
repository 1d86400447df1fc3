// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
public import LinearAlgebra

extension RestrictedBoltzmannModel {
    /// The free energy of every row: up to ``exactLogPartition()`` the negative logarithm of its
    /// probability, or of its density for Gaussian units.
    ///
    /// `F(v) = - sum a[i] s[i] - sum log(1 + exp(b[j] + sum s[i] w[i, j]))`, plus
    /// `sum s[i]² / 2` for Gaussian units.
    ///
    /// - Parameter features: the values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite` or `invalidValue`.
    /// - Complexity: O(rows * features * hidden units).
    public func freeEnergies(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        let rows = try rows(features)
        let drives = hiddenDrives(rows)
        var soft = [Double](repeating: 0, count: hiddenCount)
        return (0..<rows.rowCount).map { row in
            for unit in soft.indices { soft[unit] = Double(drives[row][unit]) }
            soft.withUnsafeMutableBufferPointer {
                guard let address = $0.baseAddress else { return }
                credit_softplus_f64($0.count, address, address)
            }
            var energy = -soft.reduce(0, +)
            for column in 0..<visibleCount {
                let value = Double(rows[row][column])
                energy -= Double(visibleBiases[column]) * value
                if recipe.visibleUnits.isGaussian { energy += 0.5 * value * value }
            }
            return energy
        }
    }

    /// The log-likelihood of every row, by the logarithm of the partition function.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features).
    ///   - logPartition: exact or estimated.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite` or `invalidValue`.
    public func logLikelihoods(
        _ features: Matrix<Double>, logPartition: Double
    ) throws(ModelError) -> [Double] {
        try freeEnergies(features).map { -$0 - logPartition }
    }

    /// The sum over the visible units of the log-probability of each given all others, for every
    /// row; of the logarithm of its density, in the units of the features, for Gaussian units.
    ///
    /// It needs no partition function and is largest, in the mean over data, where the likelihood
    /// is. All units are looked at, not one that is drawn.
    ///
    /// J. Besag, "Statistical analysis of non-lattice data", The Statistician 24 (1975),
    /// doi:10.2307/2987782.
    ///
    /// - Parameter features: the values (rows x features), all 0 or 1 for Bernoulli units.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite` or `invalidValue` (a value that
    ///   is no bit).
    /// - Complexity: O(rows * features * hidden units), for Gaussian units times the sum of the
    ///   largest weights of a feature, whose density is integrated.
    public func pseudoLogLikelihoods(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        guard recipe.visibleUnits == .bernoulli else {
            return pseudoLogDensities(try rows(features))
        }
        let rows = try rows(features)
        if let index = features.elements.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            let (row, column) = index.quotientAndRemainder(dividingBy: features.columnCount)
            throw ModelError(
                .invalidValue,
                "row \(row), column \(column) (\(featureNames[column])) is no bit but "
                    + "\(features[row, column])")
        }
        let drives = hiddenDrives(rows)
        let width = hiddenCount
        let doubles = weights.elements.map(Double.init)
        var (before, after) = ([Double](repeating: 0, count: width), [Double]())
        return (0..<rows.rowCount).map { row in
            for unit in 0..<width { before[unit] = Double(drives[row][unit]) }
            let softBefore = softplusSum(before)
            var sum = 0.0
            for column in 0..<visibleCount {
                let change: Double = rows[row][column] == 0 ? 1 : -1
                after = before
                for unit in 0..<width { after[unit] += change * doubles[column * width + unit] }
                let energyRise =
                    softBefore - softplusSum(after) - change * Double(visibleBiases[column])
                sum -= softplusSum([-energyRise])
            }
            return sum
        }
    }

    /// What drives the hidden units of every row.
    func hiddenDrives(_ rows: UnitRows) -> UnitRows {
        let units = BoltzmannUnits(self)
        let drives = UnitRows(rowCount: rows.rowCount, columnCount: hiddenCount)
        concurrently(rows.rowCount, minimum: units.threadedRows, block: 8) { first, count in
            units.driveHidden(rows, first, count, into: drives)
        }
        return drives
    }
}

/// The sum of `log(1 + exp(x))`.
func softplusSum(_ values: [Double]) -> Double {
    var soft = values
    credit_softplus_f64(values.count, values, &soft)
    return soft.reduce(0, +)
}
