// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models

extension EstimatorCase {
    static let calibration: [EstimatorCase] = [
        EstimatorCase(
            name: "calibrated by Platt's map, cross-fitted",
            recipe: NaiveBayes(.gaussian()).calibrated(.platt, plan: .crossFitted(folds: 3)),
            invalid: [
                NaiveBayes(.gaussian(varianceSmoothing: -1)).calibrated(),
                NaiveBayes().calibrated(plan: .crossFitted(folds: 1)),
            ]),
        EstimatorCase(
            name: "calibrated by a beta map, ensemble",
            recipe: LogisticRegression().calibrated(.beta(), plan: .ensemble(folds: 3), seed: 7),
            invalid: [LogisticRegression().calibrated(.beta(), plan: .ensemble(folds: 0))]),
        EstimatorCase(
            name: "calibrated by Venn-Abers, ensemble",
            recipe: LogisticRegression().calibrated(.vennAbers, plan: .ensemble(folds: 3)),
            invalid: []),
        EstimatorCase(
            name: "calibrated by a temperature, held out",
            recipe: NaiveBayes(.gaussian()).calibrated(
                .temperature, plan: .heldOut(share: 0.25)),
            invalid: [
                NaiveBayes().calibrated(plan: .heldOut(share: 0)),
                NaiveBayes().calibrated(plan: .heldOut(share: .nan)),
            ]),
        EstimatorCase(
            name: "calibrated by an ascending function",
            recipe: LogisticRegression().calibrated(.isotonic, plan: .crossFitted(folds: 4)),
            invalid: []),
    ]
}
