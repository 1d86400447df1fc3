// SPDX-License-Identifier: Apache-2.0

import CreditMetrics  // swift-credit
import Metrics  // swift-metrics

let auc = try ROC(labels: [false, true, true], scores: [0.2, 0.1, 0.9]).auc
precondition(auc == 0.5)
Gauge(label: "auc").record(auc)
print("Metrics beside swift-metrics", auc)
