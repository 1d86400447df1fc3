// SPDX-License-Identifier: Apache-2.0

/// The mutual information of a number and two classes from distances to neighbours.
///
/// B. C. Ross, Mutual Information between Discrete and Continuous Data Sets, PLoS ONE 9 (2014),
/// doi:10.1371/journal.pone.0087357.
enum NeighbourInformation {
    /// The estimate in nats, 0 if it is negative; rows of a class that has no other row are left
    /// out.
    ///
    /// - Complexity: O(rows (log(rows) + neighbours)).
    static func estimate(_ values: [Double], labels: [Bool], neighbours: Int) -> Double {
        let classes = [false, true]
            .map { label in values.indices.filter { labels[$0] == label }.map { values[$0] } }
            .filter { $0.count > 1 }.map { $0.sorted() }
        let all = classes.flatMap(\.self).sorted()
        guard !all.isEmpty else { return 0 }
        let harmonic = harmonicNumbers(all.count)
        // Euler's constant, which the digamma function has beside the harmonic number, cancels.
        func digamma(_ count: Int) -> Double { harmonic[count - 1] }
        var terms: [Double] = []
        terms.reserveCapacity(all.count)
        for sorted in classes {
            let reach = min(neighbours, sorted.count - 1)
            for index in sorted.indices {
                let distance = distance(from: index, toNeighbour: reach, in: sorted)
                let radius = distance > 0 ? distance.nextDown : 0
                let near =
                    distance > 0 ? reach : count(within: 0, of: sorted[index], in: sorted)
                let nearInAll = count(within: radius, of: sorted[index], in: all)
                terms.append(digamma(near) - digamma(sorted.count) - digamma(nearInAll))
            }
        }
        let mean = Statistics.exactSum(terms) / Double(all.count)
        return max(0, digamma(all.count) + mean)
    }

    /// `1 + 1/2 + ... + 1/n` for n from 0.
    private static func harmonicNumbers(_ count: Int) -> [Double] {
        var numbers = [0.0]
        numbers.reserveCapacity(count)
        for divisor in 1..<max(count, 1) {
            numbers.append(numbers[divisor - 1] + 1 / Double(divisor))
        }
        return numbers
    }

    /// The distance from `index` to its neighbour number `reach`, counted from 1.
    private static func distance(
        from index: Int, toNeighbour reach: Int, in sorted: [Double]
    ) -> Double {
        var (left, right) = (index - 1, index + 1)
        var distance = 0.0
        for _ in 0..<reach {
            let toLeft = left >= 0 ? sorted[index] - sorted[left] : .infinity
            let toRight = right < sorted.count ? sorted[right] - sorted[index] : .infinity
            if toLeft <= toRight {
                distance = toLeft
                left -= 1
            } else {
                distance = toRight
                right += 1
            }
        }
        return distance
    }

    /// How many of `sorted` are at most `radius` away from `centre`.
    private static func count(
        within radius: Double, of centre: Double, in sorted: [Double]
    ) -> Int {
        func firstIndex(_ isBehind: (Double) -> Bool) -> Int {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if isBehind(sorted[middle]) { high = middle } else { low = middle + 1 }
            }
            return low
        }
        let start = firstIndex { centre - $0 <= radius }
        return firstIndex { $0 - centre > radius } - start
    }
}
