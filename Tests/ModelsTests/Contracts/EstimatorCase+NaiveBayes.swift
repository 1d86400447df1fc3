// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models

extension EstimatorCase {
    /// The sample with values of 0 or more, all of them whole.
    private static var counts: LogisticSample {
        var sample = LogisticSample()
        sample.features = sample.features.map { ($0 + 1.3).rounded() }
        return sample
    }

    static let naiveBayes: [EstimatorCase] = [
        EstimatorCase(
            name: "naive Bayes, Gaussian", recipe: NaiveBayes(.gaussian()),
            reorderingTolerance: 1e-12,
            invalid: [
                NaiveBayes(.gaussian(varianceSmoothing: -1)),
                NaiveBayes(.gaussian(varianceSmoothing: .nan)),
                NaiveBayes(.gaussian(), priors: .given([0.5, 0.6])),
                NaiveBayes(.gaussian(), priors: .given([1])),
                NaiveBayes(.gaussian(), priors: .given([-0.5, 1.5])),
            ]),
        EstimatorCase(
            name: "naive Bayes, Bernoulli",
            recipe: NaiveBayes(.bernoulli(threshold: 2), priors: .uniform),
            reorderingTolerance: 1e-12,
            invalid: [
                NaiveBayes(.bernoulli(threshold: .nan)), NaiveBayes(.bernoulli(smoothing: 0)),
            ],
            sample: LogisticSample(rows: 150)),
        EstimatorCase(
            name: "naive Bayes, multinomial", recipe: NaiveBayes(.multinomial(smoothing: 0.5)),
            reorderingTolerance: 1e-12,
            invalid: [NaiveBayes(.multinomial(smoothing: .infinity))], sample: counts),
        EstimatorCase(
            name: "naive Bayes, complement", recipe: NaiveBayes(.complement()),
            reorderingTolerance: 1e-12, invalid: [NaiveBayes(.complement(smoothing: -1))],
            sample: counts),
        EstimatorCase(
            name: "naive Bayes, categorical", recipe: NaiveBayes(.categorical()),
            reorderingTolerance: 1e-12,
            invalid: [
                NaiveBayes(.categorical(smoothing: 0)), NaiveBayes(.categorical(minimumCount: 0)),
                NaiveBayes(.categorical(minimumCount: 1 << 20)),
            ],
            sample: counts),
        EstimatorCase(
            name: "naive Bayes, kernel densities", recipe: NaiveBayes(.kernel()),
            reorderingTolerance: 1e-12,
            invalid: [NaiveBayes(.kernel(.fixed(0))), NaiveBayes(.kernel(.fixed(.nan)))]),
        EstimatorCase(
            name: "naive Bayes, supervised intervals",
            recipe: NaiveBayes(.discretised()), reorderingTolerance: 1e-12,
            invalid: [NaiveBayes(.discretised(smoothing: 0))]),
        EstimatorCase(
            name: "naive Bayes, mixed columns",
            recipe: NaiveBayes(
                .automatic, except: [.init(["x0"], .bernoulli(threshold: 3, smoothing: 0.1))]),
            reorderingTolerance: 1e-12,
            invalid: [
                NaiveBayes(except: [.init(["a"], .gaussian()), .init(["b", "a"], .bernoulli())]),
                NaiveBayes(except: [.init(["a"], .multinomial(smoothing: 0))]),
            ]),
    ]
}
