// SPDX-License-Identifier: Apache-2.0

// Values whose methods rely on the shape of their arrays check it when they are decoded, so that a
// forged or damaged file is refused and crashes nothing later.

extension Decoder {
    fileprivate func require(_ condition: Bool, _ message: String) throws {
        guard condition else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: codingPath, debugDescription: message))
        }
    }
}

extension ROC {
    enum CodingKeys: String, CodingKey {
        case points, auc, kolmogorovSmirnov
    }

    /// Decodes a curve of at least two points.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        points = try values.decode([Point].self, forKey: .points)
        auc = try values.decode(Double.self, forKey: .auc)
        kolmogorovSmirnov = try values.decode(
            KolmogorovSmirnov.self, forKey: .kolmogorovSmirnov)
        try decoder.require(points.count >= 2, "a curve of \(points.count) points")
    }
}

extension ProfitCurve {
    enum CodingKeys: String, CodingKey {
        case points
    }

    /// Decodes a curve of at least one point.
    public init(from decoder: any Decoder) throws {
        points = try decoder.container(keyedBy: CodingKeys.self)
            .decode([Point].self, forKey: .points)
        try decoder.require(!points.isEmpty, "a curve without points")
    }
}

extension MultiClassConfusionMatrix {
    enum CodingKeys: String, CodingKey {
        case classes, counts
    }

    /// Decodes a square matrix of weights that are not negative and not all 0.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        classes = try values.decode([String].self, forKey: .classes)
        counts = try values.decode([[Double]].self, forKey: .counts)
        try decoder.requireCounts(counts, of: classes)
    }
}

extension MigrationMatrix {
    enum CodingKeys: String, CodingKey {
        case grades, counts
    }

    /// Decodes a square matrix of weights that are not negative and not all 0.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        grades = try values.decode([String].self, forKey: .grades)
        counts = try values.decode([[Double]].self, forKey: .counts)
        try decoder.requireCounts(counts, of: grades)
    }
}

extension Decoder {
    fileprivate func requireCounts(_ counts: [[Double]], of names: [String]) throws {
        try require(Set(names).count == names.count && names.count >= 2, "names \(names)")
        try require(
            counts.count == names.count && counts.allSatisfy { $0.count == names.count },
            "\(counts.count) rows for \(names.count) names, or rows of other lengths")
        try require(
            counts.joined().allSatisfy { $0 >= 0 && $0 <= 1e150 }
                && counts.joined().contains { $0 > 0 },
            "weights that are negative, not finite or all 0")
    }
}

extension ScoreHistogram {
    enum CodingKeys: String, CodingKey {
        case cuts, positives, negatives
    }

    /// Decodes ascending cuts and one weight more than cuts for each class.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let cuts = try values.decode([Double].self, forKey: .cuts)
        let weights = try (
            values.decode([Double].self, forKey: .positives),
            values.decode([Double].self, forKey: .negatives)
        )
        try self.init(cuts: cuts)
        try decoder.require(
            weights.0.count == cuts.count + 1 && weights.1.count == cuts.count + 1,
            "\(cuts.count) cuts, \(weights.0.count) and \(weights.1.count) weights")
        try decoder.require(
            (weights.0 + weights.1).allSatisfy { $0 >= 0 && $0.isFinite },
            "weights that are negative or not finite")
        restore(positives: weights.0, negatives: weights.1)
    }
}

extension Bootstrap {
    enum CodingKeys: String, CodingKey {
        case replicates, seed, isStratified
    }

    /// Decodes a plan of at least two draws.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        replicates = try values.decode(Int.self, forKey: .replicates)
        seed = try values.decode(UInt64.self, forKey: .seed)
        isStratified = try values.decode(Bool.self, forKey: .isStratified)
        try decoder.require(replicates >= 2, "\(replicates) replicates")
    }
}

extension BootstrapEstimate {
    enum CodingKeys: String, CodingKey {
        case value, replicates
    }

    /// Decodes an estimate of at least two draws.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let draws = try values.decode([Double].self, forKey: .replicates)
        self.init(value: try values.decode(Double.self, forKey: .value), replicates: draws)
        try decoder.require(
            draws.count >= 2 && draws.allSatisfy { !$0.isNaN }, "\(draws.count) draws, or NaN")
    }
}
