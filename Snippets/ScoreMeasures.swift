// SPDX-License-Identifier: Apache-2.0

// Measures of anybody's predictions: labels and scores are plain arrays.
import Metrics

let isDefault = [false, false, true, false, true, true, false, true]
let probability = [0.05, 0.12, 0.35, 0.40, 0.40, 0.77, 0.20, 0.64]

let curve = try ROC(labels: isDefault, scores: probability)
print("AUC", curve.auc, "Gini", curve.gini, "KS", curve.kolmogorovSmirnov.statistic)
print("Brier", try brierScore(labels: isDefault, probabilities: probability))

let confusion = try ConfusionMatrix(labels: isDefault, scores: probability, threshold: 0.5)
print("accuracy", confusion.accuracy, "recall", confusion.recall ?? .nan)
