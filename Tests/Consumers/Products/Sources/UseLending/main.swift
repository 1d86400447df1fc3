// SPDX-License-Identifier: Apache-2.0

import Lending

let scale = try ScoreScale(basePoints: 600, baseOdds: 50, pointsToDoubleOdds: 20)
let points = try scale.points(forDefaultProbability: 1.0 / 51)
precondition(points == 600)
print("Lending", scale.identifier)
