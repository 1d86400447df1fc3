// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension VisibleUnits {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .bernoulli: encoder.encode(UInt8(0))
        case .gaussian(let deviation):
            encoder.encode(UInt8(1))
            encoder.encode(deviation)
        case .gaussianLearned(let initial, let rate):
            encoder.encode(UInt8(2))
            encoder.encode(initial)
            encoder.encode(rate)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .bernoulli
        case 1: self = .gaussian(deviation: try decoder.decodeDouble())
        case 2:
            let initial = try decoder.decodeDouble()
            self = .gaussianLearned(initial: initial, rate: try decoder.decodeDouble())
        case let tag: throw decoder.error("kind \(tag) of visible units is unknown")
        }
    }
}

extension RestrictedBoltzmannMachine: CanonicalContent {
    /// `restricted-boltzmann-machine.1`.
    public static var kind: String { "restricted-boltzmann-machine.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(hiddenCount)
        visibleUnits.encode(to: &encoder)
        encoder.encode(negativePhase.isPersistent)
        encoder.encode(negativePhase.steps)
        encoder.encode(learningRate)
        encoder.encode(momentum)
        encoder.encode(l1)
        encoder.encode(l2)
        encoder.encode(updateRule.isLiteral)
        if updateRule.isLiteral { encoder.encode(updateRule.hiddenDeviation) }
        encoder.encode(optional: sparsity) { encoder, target in
            encoder.encode(target.share)
            encoder.encode(target.strength)
            encoder.encode(target.memory)
        }
        encoder.encode(batchSize)
        encoder.encode(epochCount)
        encoder.encode(initialDeviation)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            hiddenCount: try decoder.decodeInt(), visibleUnits: try VisibleUnits(from: &decoder))
        let isPersistent = try decoder.decodeBool()
        let steps = try decoder.decodeInt()
        negativePhase =
            isPersistent ? .persistent(steps: steps) : .contrastiveDivergence(steps: steps)
        learningRate = try decoder.decodeDouble()
        momentum = try decoder.decodeDouble()
        l1 = try decoder.decodeDouble()
        l2 = try decoder.decodeDouble()
        if try decoder.decodeBool() {
            updateRule = .zhongAsPrinted(hiddenDeviation: try decoder.decodeDouble())
        }
        sparsity = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            let (share, strength) = (try decoder.decodeDouble(), try decoder.decodeDouble())
            return SparsityTarget(
                share: share, strength: strength, memory: try decoder.decodeDouble())
        }
        batchSize = try decoder.decodeInt()
        epochCount = try decoder.decodeInt()
        initialDeviation = try decoder.decodeDouble()
        seed = try decoder.decodeUInt64()
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension RestrictedBoltzmannModel: CanonicalContent {
    /// `restricted-boltzmann-model.1`.
    public static var kind: String { "restricted-boltzmann-model.1" }

    /// The canonical bytes of the recipe and of the parameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(featureNames) { $0.encode($1) }
        for numbers in [
            weights.elements, visibleBiases.elements, hiddenBiases.elements, deviations.elements,
        ] {
            encoder.encode(numbers) { $0.encode($1.bitPattern) }
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try RestrictedBoltzmannMachine(from: &decoder)
        let names = try decoder.decodeStrings()
        let weights = try decoder.decodeFloats()
        guard !names.isEmpty, weights.count == names.count * recipe.hiddenCount else {
            throw decoder.error(
                "\(weights.count) weights of \(names.count) x \(recipe.hiddenCount) units")
        }
        let visible = Vector(try decoder.decodeFloats())
        let hidden = Vector(try decoder.decodeFloats())
        let deviations = Vector(try decoder.decodeFloats())
        do {
            try self.init(
                recipe: recipe, featureNames: names,
                weights: Matrix(
                    rowCount: names.count, columnCount: recipe.hiddenCount, elements: weights),
                visibleBiases: visible, hiddenBiases: hidden, deviations: deviations)
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension CanonicalDecoder {
    /// Reads a count and that many bit patterns.
    mutating func decodeFloats() throws(CanonicalDecodingError) -> [Float] {
        try decodeArray { (decoder) throws(CanonicalDecodingError) in
            Float(bitPattern: try decoder.decodeUInt32())
        }
    }
}
