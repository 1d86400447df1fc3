// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension NaiveBayesModel: CanonicalContent {
    /// `naive-bayes-model.1`.
    public static var kind: String { "naive-bayes-model.1" }

    /// The canonical bytes of the recipe, the names and the counts.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(classes) { $0.encode($1) }
        encoder.encode(featureNames) { $0.encode($1) }
        encoder.encode(classWeights) { $0.encode($1) }
        encoder.encode(counts.groups) { $1.encode(to: &$0) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try NaiveBayes(from: &decoder)
        let classes = try decoder.decodeStrings()
        let featureNames = try decoder.decodeStrings()
        let classWeights = try decoder.decodeDoubles()
        guard Set(classes).count == classes.count, classWeights.count == classes.count else {
            throw decoder.error("\(classWeights.count) weights of the classes \(classes)")
        }
        guard classWeights.allSatisfy({ $0 >= 0 && $0.isFinite }),
            classWeights.count(where: { $0 > 0 }) >= 2
        else { throw decoder.error("the class weights are \(classWeights)") }
        let groups = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try NaiveBayesGroup(from: &decoder, classWeights: classWeights)
        }
        var likelihoods = [NaiveBayesLikelihood?](repeating: nil, count: featureNames.count)
        for group in groups {
            for column in group.columns {
                guard likelihoods.indices.contains(column), likelihoods[column] == nil else {
                    throw decoder.error("column \(column) is not there, or counted twice")
                }
                likelihoods[column] = group.likelihood
            }
        }
        for (name, likelihood) in zip(featureNames, likelihoods) {
            guard let likelihood, recipe.allows(likelihood, of: name) else {
                throw decoder.error("column '\(name)' was not counted as the recipe says")
            }
        }
        let ordered = groups.map { $0.columns[0] }
        guard !groups.isEmpty, ordered == ordered.sorted(),
            Set(groups.map(\.likelihood)).count == groups.count
        else { throw decoder.error("the groups of columns are not in order") }
        do {
            try self.init(
                recipe: recipe, classes: classes, featureNames: featureNames,
                counts: NaiveBayesCounts(classWeights: classWeights, groups: groups))
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension NaiveBayes {
    /// Whether the recipe gives the column `name` this likelihood, or lets the rows decide.
    fileprivate func allows(_ likelihood: NaiveBayesLikelihood, of name: String) -> Bool {
        let own = exceptions.first { $0.names.contains(name) }?.likelihood ?? self.likelihood
        return own == .automatic
            ? likelihood == .gaussian() || likelihood == .bernoulli(threshold: 0.5)
            : likelihood == own
    }
}

extension NaiveBayesGroup {
    fileprivate func encode(to encoder: inout CanonicalEncoder) {
        likelihood.encode(to: &encoder)
        encoder.encode(columns) { $0.encode($1) }
        switch counts {
        case .moments(let moments):
            encoder.encode(moments.means.elements) { $0.encode($1) }
            encoder.encode(moments.squaredDeviations.elements) { $0.encode($1) }
        case .sums(let sums):
            encoder.encode(sums.elements) { $0.encode($1) }
        case .categories(let tables):
            encoder.encode(tables) { $0.encode($1.elements) { $0.encode($1) } }
        case .values(let columns):
            encoder.encode(columns) { encoder, classes in
                encoder.encode(classes) { encoder, points in
                    encoder.encode(points.values) { $0.encode($1) }
                    encoder.encode(points.weights) { $0.encode($1) }
                }
            }
        case .intervals(let cuts, let tables):
            encoder.encode(cuts) { $0.encode($1) { $0.encode($1) } }
            encoder.encode(tables) { $0.encode($1.elements) { $0.encode($1) } }
        }
    }

    fileprivate init(
        from decoder: inout CanonicalDecoder, classWeights: [Double]
    ) throws(CanonicalDecodingError) {
        likelihood = try NaiveBayesLikelihood(from: &decoder)
        columns = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeInt()
        }
        guard !columns.isEmpty, zip(columns, columns.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw decoder.error("the columns \(columns) do not ascend")
        }
        let (rows, width) = (classWeights.count, columns.count)
        switch likelihood {
        case .automatic: throw decoder.error("a likelihood that is not decided")
        case .gaussian:
            let means = try decoder.decodeMatrix(rows, width)
            let deviations = try decoder.decodeMatrix(rows, width)
            guard deviations.elements.allSatisfy({ $0 >= 0 }) else {
                throw decoder.error("squared deviations below 0")
            }
            counts = .moments(
                GroupedMoments(weights: classWeights, means: means, squaredDeviations: deviations))
        case .bernoulli, .multinomial, .complement:
            counts = .sums(try decoder.decodeWeights(rows, width))
        case .categorical:
            counts = .categories(try decoder.decodeTables(width, classCount: rows))
        case .kernel:
            let columns = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                    try decoder.decodeValues()
                }
            }
            guard columns.count == width, columns.allSatisfy({ $0.count == rows }),
                columns.allSatisfy({ classes in
                    zip(classes, classWeights).allSatisfy { $0.values.isEmpty == ($1 == 0) }
                })
            else { throw decoder.error("\(columns.count) columns of values, not \(width)") }
            counts = .values(columns)
        case .discretised:
            let cuts = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeDoubles()
            }
            let tables = try decoder.decodeTables(width, classCount: rows)
            for (cuts, table) in zip(cuts, tables) {
                guard cuts.count + 1 == table.rowCount, cuts.isAscending else {
                    throw decoder.error("\(cuts.count) cuts of \(table.rowCount) intervals")
                }
            }
            guard cuts.count == width else {
                throw decoder.error("the cuts of \(cuts.count) columns, not \(width)")
            }
            counts = .intervals(cuts: cuts, weights: tables)
        }
    }
}

extension [Double] {
    /// Whether these are finite numbers, each larger than the one before.
    fileprivate var isAscending: Bool {
        allSatisfy(\.isFinite) && zip(self, dropFirst()).allSatisfy { $0 < $1 }
    }
}

extension CanonicalDecoder {
    fileprivate mutating func decodeMatrix(
        _ rows: Int, _ columns: Int
    ) throws(CanonicalDecodingError) -> Matrix<Double> {
        let elements = try decodeDoubles()
        guard elements.count == rows * columns, elements.allSatisfy(\.isFinite) else {
            throw error("\(elements.count) elements, not \(rows) x \(columns) finite ones")
        }
        return Matrix(rowCount: rows, columnCount: columns, elements: elements)
    }

    /// The weights of categories and classes, one table for each of `count` columns.
    fileprivate mutating func decodeTables(
        _ count: Int, classCount: Int
    ) throws(CanonicalDecodingError) -> [Matrix<Double>] {
        let tables = try decodeArray { (decoder) throws(CanonicalDecodingError) in
            let start = decoder
            let elements = try decoder.decodeDoubles()
            decoder = start
            return try decoder.decodeWeights(elements.count / classCount, classCount)
        }
        guard tables.count == count, tables.allSatisfy({ $0.rowCount > 0 }) else {
            throw error("\(tables.count) tables of \(count) columns")
        }
        return tables
    }

    fileprivate mutating func decodeValues() throws(CanonicalDecodingError) -> WeightedValues {
        let (values, weights) = (try decodeDoubles(), try decodeDoubles())
        guard values.count == weights.count, values.isAscending,
            weights.allSatisfy({ $0 > 0 }), weights.reduce(0, +).isFinite
        else { throw error("\(values.count) values that do not ascend, or bad weights of them") }
        return WeightedValues(values: values, weights: weights)
    }

    fileprivate mutating func decodeWeights(
        _ rows: Int, _ columns: Int
    ) throws(CanonicalDecodingError) -> Matrix<Double> {
        let matrix = try decodeMatrix(rows, columns)
        guard matrix.elements.allSatisfy({ $0 >= 0 }) else { throw error("counts below 0") }
        return matrix
    }
}
