// SPDX-License-Identifier: Apache-2.0

extension RankedOutcomes {
    /// The points of the ROC curve, from the origin on.
    var rocPoints: [ROC.Point] {
        var points = [ROC.Point(threshold: nil, falsePositiveRate: 0, truePositiveRate: 0)]
        var positivesAbove = 0.0
        var negativesAbove = 0.0
        forEachGroup { group in
            positivesAbove += group.positives
            negativesAbove += group.negatives
            points.append(
                ROC.Point(
                    threshold: group.score, falsePositiveRate: negativesAbove / negatives,
                    truePositiveRate: positivesAbove / positives))
        }
        return points
    }

    /// The greatest distance between the classes; the score of the last group without any skill.
    var kolmogorovSmirnov: KolmogorovSmirnov {
        var positivesAbove = 0.0
        var negativesAbove = 0.0
        var distance = 0.0
        var best = KolmogorovSmirnov(threshold: 0, truePositiveRate: 1, falsePositiveRate: 1)
        var last = 0.0
        forEachGroup { group in
            positivesAbove += group.positives
            negativesAbove += group.negatives
            last = group.score
            let (found, mistaken) = (positivesAbove / positives, negativesAbove / negatives)
            if abs(found - mistaken) > distance {
                distance = abs(found - mistaken)
                best = KolmogorovSmirnov(
                    threshold: group.score, truePositiveRate: found, falsePositiveRate: mistaken)
            }
        }
        return distance > 0
            ? best
            : KolmogorovSmirnov(threshold: last, truePositiveRate: 1, falsePositiveRate: 1)
    }

    /// The share of concordant pairs, ties counting one half.
    var area: Double { isWeighted ? weightedArea : countedArea }

    /// From integer counts: exact, ties included.
    private var countedArea: Double {
        var halfPairs = 0
        var positivesAbove = 0
        forEachGroup { group in
            let (groupPositives, groupNegatives) = (Int(group.positives), Int(group.negatives))
            halfPairs += groupNegatives * (2 * positivesAbove + groupPositives)
            positivesAbove += groupPositives
        }
        return Double(halfPairs) / Double(2 * Int(positives) * Int(negatives))
    }

    private var weightedArea: Double {
        var area = CompensatedSum()
        var positivesAbove = 0.0
        forEachGroup { group in
            area += group.negatives * (positivesAbove + group.positives / 2)
            positivesAbove += group.positives
        }
        // Rounding of the weights' sums may lead past 1 by one unit in the last place.
        return min(area.value / (positives * negatives), 1)
    }

    /// The step-wise area under the precision-recall curve.
    var averagePrecision: Double {
        var area = CompensatedSum()
        var positivesAbove = 0.0
        var above = 0.0
        var lastRecall = 0.0
        forEachGroup { group in
            positivesAbove += group.positives
            above += group.weight
            // Without new positives nothing is added.
            guard group.positives > 0 else { return }
            let recall = positivesAbove / positives
            area += (recall - lastRecall) * (positivesAbove / above)
            lastRecall = recall
        }
        return area.value
    }
}
