// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("IM1: resampling")
struct ResamplingTests {
    struct Golden: Decodable {
        var features: [[Double]]
        var labels, tomek, edited, editedByMajority: [Int]
        var danger: [String: [Int]]
        var adasyn: Int
    }

    private let golden: Golden
    private let data: ClassificationData

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "resampling", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        data = try ClassificationData(
            features: Matrix(rows: golden.features),
            labels: ClassLabels(golden.labels.map { $0 == 1 }))
    }

    private func resampled(
        _ method: Resampling.Method, ratio: Double = 1, seed: UInt64 = 1
    ) throws -> ClassificationData {
        try Resampling(method, ratio: ratio).resampled(data, seed: seed)
    }

    private func row(_ data: ClassificationData, _ row: Int) -> [Double] {
        data.features.row(row).elements
    }

    /// For every added row of the positive class the pairs of original rows on whose line it lies.
    private func origins(_ changed: ClassificationData) -> [[(start: Int, end: Int)]] {
        let positive = golden.labels.indices.filter { golden.labels[$0] == 1 }
        return (data.rowCount..<changed.rowCount).map { added in
            let x = row(changed, added)
            var pairs: [(start: Int, end: Int)] = []
            for start in positive {
                for end in positive where end != start {
                    let (a, b) = (row(data, start), row(data, end))
                    let share = (x[0] - a[0]) / (b[0] - a[0])
                    let isOnLine = (0..<3).allSatisfy {
                        abs(a[$0] + share * (b[$0] - a[$0]) - x[$0]) < 1e-9
                    }
                    if isOnLine, (0...1).contains(share) { pairs.append((start, end)) }
                }
            }
            return pairs
        }
    }

    /// The `count` nearest of `rows` to `start`.
    private func nearest(_ start: Int, among rows: [Int], _ count: Int) -> [Int] {
        let a = row(data, start)
        func distance(_ other: Int) -> Double {
            zip(a, row(data, other)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        return Array(
            rows.filter { $0 != start }.sorted { distance($0) < distance($1) }.prefix(count))
    }

    @Test("Tomek links and edited neighbours keep the rows that imbalanced-learn keeps")
    func cleaning() throws {
        for (method, expected) in [
            (Resampling.Method.tomekLinks, golden.tomek),
            (.editedNeighbours(count: 3), golden.edited),
            (.editedNeighbours(count: 3, byMajority: true), golden.editedByMajority),
        ] {
            let kept = try resampled(method)
            #expect(kept.features == data.features.gatheringRows(expected))
            #expect(kept.labels.codes == expected.map { golden.labels[$0] })
        }
    }

    @Test("random sampling evens the classes with rows that were there")
    func random() throws {
        let over = try resampled(.randomOver)
        #expect(over.classWeights == [120, 120])
        #expect(over.features.gatheringRows(Array(0..<150)) == data.features)
        let originals = Set(
            golden.labels.indices.filter { golden.labels[$0] == 1 }.map {
                row(data, $0)
            })
        for added in 150..<over.rowCount { #expect(originals.contains(row(over, added))) }
        #expect(try resampled(.randomOver, ratio: 0.5).classWeights == [120, 60])
        let under = try resampled(.randomUnder)
        #expect(under.classWeights == [30, 30])
        #expect(Set((0..<60).map { row(under, $0) }).count == 60)
        #expect(try resampled(.randomUnder, ratio: 0.5).classWeights == [60, 30])
        #expect(try resampled(.randomUnder, seed: 2).features != under.features)
        #expect(try resampled(.randomUnder).features == under.features)
    }

    @Test("weights count as rows, and rows of weight 0 are not there")
    func weights() throws {
        let weights = golden.labels.map { $0 == 1 ? 2.0 : 1 }
        var heavy = try ClassificationData(
            features: data.features, labels: data.labels, weights: weights)
        let over = try Resampling(.randomOver).resampled(heavy, seed: 1)
        #expect(over.classWeights == [120, 120])
        #expect(over.rowCount == 150 + 60)
        #expect(try Resampling(.randomUnder).resampled(heavy, seed: 1).classWeights == [60, 60])
        heavy = try ClassificationData(
            features: data.features, labels: data.labels,
            weights: (0..<150).map { $0 < 75 ? 1 : 0 })
        let half = try Resampling(.smote()).resampled(heavy, seed: 1)
        let alone = try Resampling(.smote()).resampled(
            data.selecting(rows: Array(0..<75)), seed: 1)
        #expect(half.features == alone.features)
    }

    @Test("SMOTE's rows lie between a row and one of its nearest of the class")
    func smote() throws {
        let changed = try resampled(.smote(neighbours: 4))
        #expect(changed.classWeights == [120, 120])
        let positive = golden.labels.indices.filter { golden.labels[$0] == 1 }
        let near = Dictionary(
            uniqueKeysWithValues: positive.map { ($0, Set(nearest($0, among: positive, 4))) })
        var starts: Set<Int> = []
        for pairs in origins(changed) {
            let valid = pairs.filter { near[$0.start]?.contains($0.end) == true }
            #expect(!valid.isEmpty)
            starts.formUnion(valid.map(\.start))
        }
        #expect(starts.count > 20)
    }

    /// With one neighbour each start has one line, so that the lines with rows tell which rows are
    /// starts.
    ///
    /// A line that two rows share, each being the other's nearest, tells of neither.
    @Test(
        "Borderline-SMOTE starts from all rows in danger, those of imbalanced-learn, and from no other",
        arguments: [4, 10, 25])
    func borderline(around: Int) throws {
        let danger = Set(try #require(golden.danger["\(around)"]))
        let positive = golden.labels.indices.filter { golden.labels[$0] == 1 }
        let end = Dictionary(
            uniqueKeysWithValues: positive.map { ($0, nearest($0, among: positive, 1)[0]) })
        var starts: Set<Int> = []
        for seed in 1...6 as ClosedRange<UInt64> {
            let changed = try resampled(.borderline(neighbours: 1, around: around), seed: seed)
            #expect(changed.classWeights == [120, 120])
            for pairs in origins(changed) {
                let possible = pairs.filter { end[$0.start] == $0.end }.map(\.start)
                #expect(!danger.isDisjoint(with: possible), "\(possible)")
                if possible.count == 1 { starts.insert(possible[0]) }
            }
        }
        let alone = danger.filter { row in end[end[row] ?? row] != row }
        #expect(starts.isSubset(of: danger))
        #expect(alone.isSubset(of: starts))
        #expect(alone.count >= danger.count / 3 && danger.count < positive.count)
    }

    /// Rows of a line, of which one is in danger and one is noise.
    @Test("half of the rows around are danger, all of them noise, fewer are safe")
    func dangerByHand() throws {
        let rows: [(Double, Bool)] = [
            (0, true), (1, true), (2.1, true), (3.3, true), (4.6, true), (6, true),
            (6.9, false), (7.9, false), (9, false), (20, true), (19, false), (21.1, false),
            (18, false), (22.3, false),
        ]
        let data = try ClassificationData(
            features: Matrix(rows: rows.map { [$0.0, 0] }), labels: ClassLabels(rows.map(\.1)))
        func foreign(_ row: Int) -> Int {
            let others = rows.indices.filter { $0 != row }
                .sorted { abs(rows[$0].0 - rows[row].0) < abs(rows[$1].0 - rows[row].0) }
            return others.prefix(4).count { !rows[$0].1 }
        }
        #expect((0..<6).map(foreign) == [0, 0, 0, 0, 1, 2] && foreign(9) == 4)
        // Only the row at 6 is in danger: its nearest of the class is at 4.6. The weights make the
        // other class the larger one.
        let weights = rows.map { $0.1 ? 1.0 : 4 }
        let changed = try Resampling(.borderline(neighbours: 1, around: 4)).resampled(
            ClassificationData(features: data.features, labels: data.labels, weights: weights),
            seed: 5)
        let added = (rows.count..<changed.rowCount).map { changed.features[$0, 0] }
        #expect(added.count == 21)
        #expect(added.allSatisfy { $0 > 4.6 && $0 <= 6 }, "\(added)")
    }

    @Test("ADASYN makes as many rows as imbalanced-learn, most where other classes are near")
    func adasyn() throws {
        let changed = try resampled(.adasyn())
        #expect(changed.rowCount == golden.adasyn)
        let all = Array(golden.labels.indices)
        for pairs in origins(changed) {
            // A row whose neighbours are all of its class starts none.
            #expect(
                pairs.contains { pair in
                    nearest(pair.start, among: all, 5).contains { golden.labels[$0] == 0 }
                })
        }
    }

    @Test("SMOTE of nominal features invents no value")
    func nominal() throws {
        var generator = TestGenerator(seed: 2)
        let rows = golden.features.map {
            [$0[0], Double(Int.random(in: 0...3, using: &generator)), $0[1]]
        }
        let mixed = try ClassificationData(
            features: Matrix(rows: rows), labels: data.labels,
            featureNames: ["income", "purpose", "age"])
        let changed = try Resampling(.smoteNominal(["purpose"])).resampled(mixed, seed: 3)
        #expect(changed.classWeights == [120, 120])
        let values = changed.features.column(1).elements
        #expect(Set(values) == [0, 1, 2, 3])
        #expect(values[150...].contains { $0 == 2 })
        let missing = modelError {
            _ = try Resampling(.smoteNominal(["job"])).resampled(mixed, seed: 3)
        }
        #expect(missing?.code == .incompatible)
    }

    @Test("a far value of a nominal feature keeps rows from being neighbours")
    func nominalDistance() throws {
        // Positive rows: two clusters that differ in the nominal feature only.
        var rows: [[Double]] = []
        for index in 0..<6 { rows.append([Double(index) * 0.01, index < 3 ? 0 : 1]) }
        for index in 0..<12 { rows.append([Double(index), 0]) }
        let mixed = try ClassificationData(
            features: Matrix(rows: rows), labels: ClassLabels((0..<18).map { $0 < 6 }))
        let changed = try Resampling(.smoteNominal(["x1"], neighbours: 1)).resampled(
            mixed, seed: 1)
        for added in 18..<24 {
            let x = changed.features.row(added).elements
            // Within 0...0.02 with the value 0, or within 0.03...0.05 with 1.
            #expect(x[1] == 0 ? x[0] <= 0.02 : x[0] >= 0.03, "\(x)")
        }
    }

    @Test(
        "after resampling the mean probability is the base rate within its standard error",
        arguments: [
            Resampling.Method.randomOver, .randomUnder, .smote(), .borderline(), .adasyn(),
            .editedNeighbours(),
        ])
    func baseRate(method: Resampling.Method) throws {
        let sample = LogisticSample(rows: 2400, columns: 3, seed: 5)
        let rows = sample.labels.indices.filter { !sample.labels[$0] || $0 % 4 == 0 }
        let labels = rows.map { sample.labels[$0] }
        let features = sample.features.gatheringRows(rows)
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        let share = mean(labels.map { $0 ? 1 : 0 })
        let error = (share * (1 - share) / Double(rows.count)).squareRoot()
        let recipe = ResampledClassifier(
            LogisticRegression(), by: [Resampling(method)], correctsShares: false, seed: 4)
        let raw = try mean(recipe.fit(features: features, labels: labels).probabilities(features))
        #expect(abs(raw - share) > 3 * error)
        let calibrated = try recipe.calibrated(.platt).fit(features: features, labels: labels)
        let found = try mean(calibrated.probabilities(features))
        #expect(abs(found - share) < error, "\(found) for \(share) +- \(error)")
        // Of random sampling Bayes' correction alone does it, without more rows.
        var corrected = recipe
        corrected.correctsShares = true
        let byBayes = try mean(
            corrected.fit(features: features, labels: labels).probabilities(features))
        switch method {
        case .randomOver, .randomUnder: #expect(abs(byBayes - share) < 2 * error)
        default: #expect(abs(byBayes - share) < abs(raw - share))
        }
    }

    @Test("rows that are held out are never resampled")
    func insideFolds() throws {
        let recipe = ResampledClassifier(LogisticRegression(), by: [Resampling(.smote())], seed: 2)
        let report = try CrossValidation(StratifiedKFold(foldCount: 3, seed: 1)).evaluate(
            recipe, on: data)
        for fold in report.folds {
            let training = (0..<150).filter { !fold.rows.contains($0) }
            let changed = try Resampling(.smote()).resampled(
                data.selecting(rows: training), seed: 2)
            let model = try LogisticRegression().fit(changed)
            let shift = try PriorShift(from: changed.classShares, to: [0.8, 0.2])
            let expected = try shift.probabilities(
                model.probabilities(data.features.gatheringRows(fold.rows)))
            expectClose(fold.probabilities, expected, relative: 1e-12)
        }
        #expect(report.folds.flatMap(\.rows).count == 150)
    }

    @Test("resamplings follow one another, and balanced bagging averages corrected members")
    func combinations() throws {
        let chain = ResampledClassifier(
            LogisticRegression(), by: [Resampling(.smote()), Resampling(.tomekLinks)], seed: 9)
        let model = try chain.fit(data)
        let first = try Resampling(.smote()).resampled(data, seed: 9)
        let second = try Resampling(.tomekLinks).resampled(first, seed: 10)
        #expect(second.rowCount < first.rowCount)
        #expect(try model.members[0].model == LogisticRegression().fit(second))
        let bagging = try BalancedBagging(LogisticRegression(), memberCount: 4, seed: 3).fit(data)
        #expect(bagging.members.count == 4)
        var sums = [Double](repeating: 0, count: 150)
        for index in 0..<4 {
            let sample = try Resampling(.randomUnder).resampled(data, seed: 3 + UInt64(index))
            let shift = try PriorShift(from: [0.5, 0.5], to: [0.8, 0.2])
            let found = try shift.probabilities(
                LogisticRegression().fit(sample).probabilities(data.features))
            for row in 0..<150 { sums[row] += found[row] / 4 }
        }
        expectClose(try bagging.probabilities(data.features), sums, relative: 1e-12)
    }
}
