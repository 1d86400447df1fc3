// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension NearestNeighbourClassifier: CanonicalContent {
    /// `nearest-neighbours.1`.
    public static var kind: String { "nearest-neighbours.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        search.encode(to: &encoder)
        encoder.encode(choosesCount)
        encoder.encode(optional: window) { $0.encode($1) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try NeighbourSearch(from: &decoder), choosesCount: try decoder.decodeBool(),
            window: try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeInt()
            })
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension NearestNeighbourModel: CanonicalContent {
    /// `nearest-neighbours-model.1`.
    public static var kind: String { "nearest-neighbours-model.1" }

    /// The canonical bytes of the recipe and of the rows in memory.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model, checks it and prepares its search.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(classes) { $0.encode($1) }
        encoder.encode(codes) { $0.encode($1) }
        memory.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try NearestNeighbourClassifier(from: &decoder)
        let classes = try decoder.decodeStrings()
        let codes = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeInt()
        }
        let memory = try NeighbourMemory(from: &decoder)
        guard Set(classes).count == classes.count,
            codes.allSatisfy({ classes.indices.contains($0) }), Set(codes).count > 1,
            codes.count == memory.weights.count
        else {
            throw decoder.error(
                "\(codes.count) rows of \(memory.weights.count) with the classes \(classes)")
        }
        guard codes.count <= recipe.window ?? codes.count, recipe.allows(memory.search) else {
            throw decoder.error("rows or a search that are not as the recipe says")
        }
        self.init(recipe: recipe, classes: classes, codes: codes, memory: memory)
    }
}

extension NearestNeighbourClassifier {
    /// Whether the recipe's search is `search`, or may choose its count.
    fileprivate func allows(_ search: NeighbourSearch) -> Bool {
        guard choosesCount, case .count(let limit) = self.search.neighbourhood,
            case .count(let count) = search.neighbourhood
        else { return search == self.search }
        var chosen = self.search
        chosen.neighbourhood = search.neighbourhood
        return chosen == search && count <= limit
    }
}

extension NearestNeighbourRegressor: CanonicalContent {
    /// `nearest-neighbours-regression.1`.
    public static var kind: String { "nearest-neighbours-regression.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        search.encode(to: &encoder)
        encoder.encode(optional: window) { $0.encode($1) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try NeighbourSearch(from: &decoder),
            window: try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeInt()
            })
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension NearestNeighbourRegressorModel: CanonicalContent {
    /// `nearest-neighbours-regression-model.1`.
    public static var kind: String { "nearest-neighbours-regression-model.1" }

    /// The canonical bytes of the recipe and of the rows in memory.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model, checks it and prepares its search.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(targets) { $0.encode($1) }
        memory.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try NearestNeighbourRegressor(from: &decoder)
        let targets = try decoder.decodeDoubles()
        let memory = try NeighbourMemory(from: &decoder)
        guard targets.count == memory.weights.count, targets.allSatisfy(\.isFinite),
            targets.count <= recipe.window ?? targets.count, memory.search == recipe.search
        else { throw decoder.error("\(targets.count) targets of \(memory.weights.count) rows") }
        self.init(recipe: recipe, targets: targets, memory: memory)
    }
}
