// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Cases computed with scikit-learn, SciPy and statsmodels, or from the definitions.
struct MeasureGolden: Decodable {
    struct Ranking: Decodable {
        var labels: [Bool]
        var scores, others: [Double]
        var weights: [Double]?
        var delong, h, emp, murphy, spiegelhalter, drift, ks, expectedCost: [Double]
        var mcclish, hullArea, partialGini, expectedArea: Double
        var calibration: Calibration
    }

    struct Calibration: Decodable {
        var intercept, slope, interceptSE, slopeSE, covariance: Double
        var inTheLarge, inTheLargeSE, statistic: Double
    }

    struct MultiClass: Decodable {
        var labels, predictions: [Int]
        var probabilities: [[Double]]
        var weights: [Double]?
        var confusion: [[Double]]
        var accuracy, balancedAccuracy, mcc, logLoss, brier: Double
        var precision, recall, f1, kappa, auc: [Double]
    }

    struct Regression: Decodable {
        var outcomes, predictions: [Double]
        var weights: [Double]?
        var bias, mae, mse, medianAE, maximum, mape, r2, explained, pinball: Double
    }

    struct Backtest: Decodable {
        var defaults, total, probability, binomial, jeffreys, normal, kupiec: Double
        var interval: [Double]
    }

    struct Distributions: Decodable {
        var reference, current, psi: [Double]
        var pValue, critical, jensenShannon, hellinger, totalVariation, kullbackLeibler: Double
        var kolmogorov: [[Double]]
    }

    struct Samples: Decodable {
        var items: [[Double]]
        var alpha, standardised: Double
        var without, summary, paired: [Double]
    }

    var ranking: [Ranking]
    var multiClass: [MultiClass]
    var regression: [Regression]
    var backtests: [Backtest]
    var distributions: Distributions
    var samples: Samples

    static func load() throws -> MeasureGolden {
        let url = try #require(
            Bundle.module.url(
                forResource: "metrics_measures", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
}
