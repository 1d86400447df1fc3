// SPDX-License-Identifier: Apache-2.0

import Metrics

let auc = try ROC(labels: [false, true, false, true], scores: [0.1, 0.4, 0.35, 0.8]).auc
precondition(auc == 1)
print("Metrics", auc)
