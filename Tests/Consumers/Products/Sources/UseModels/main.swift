// SPDX-License-Identifier: Apache-2.0

import Models

let labels = (0..<40).map { $0 % 3 == 0 }
let model = try LogisticRegression(penalty: .none).fit(
    features: .init(rows: labels.indices.map { [Double($0 % 5)] }), labels: labels)
print("Models", model.digest)
