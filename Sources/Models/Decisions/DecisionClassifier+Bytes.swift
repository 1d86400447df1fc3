// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Metrics

extension DecisionClassifier: CanonicalContent {
    /// `decision-classifier.1`, with the kind of the classifier below.
    public static var kind: String { "decision-classifier.1(\(Base.kind))" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: base.canonicalBytes)
        rule.encode(to: &encoder)
        encoder.encode(foldCount)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeContent(), try DecisionRule(from: &decoder),
            foldCount: try decoder.decodeInt(), seed: try decoder.decodeUInt64())
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension DecisionClassifierModel: CanonicalContent {
    /// `decision-classifier-model.1`, with the kind of the model below.
    public static var kind: String { "decision-classifier-model.1(\(Base.kind))" }

    /// The canonical bytes of the model and the threshold.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: model.canonicalBytes)
        encoder.encode(threshold.value)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let model: Base = try decoder.decodeContent()
        guard model.classes.count == 2 else {
            throw decoder.error("a threshold of \(model.classes.count) classes, not 2")
        }
        let threshold = try decoder.decodeDouble()
        do {
            self.init(model, try DecisionThreshold(threshold))
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension DecisionRule {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .fixed(let threshold):
            encoder.encode(UInt8(0))
            encoder.encode(threshold)
        case .bayes(let costs):
            encoder.encode(UInt8(1))
            costs.encode(to: &encoder)
        case .leastCost(let costs):
            encoder.encode(UInt8(2))
            costs.encode(to: &encoder)
        case .balancedAccuracy: encoder.encode(UInt8(3))
        case .fMeasure(let beta):
            encoder.encode(UInt8(4))
            encoder.encode(beta)
        case .positiveShare(let share):
            encoder.encode(UInt8(5))
            encoder.encode(share)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .fixed(try decoder.decodeDouble())
        case 1: self = .bayes(try CostMatrix(from: &decoder))
        case 2: self = .leastCost(try CostMatrix(from: &decoder))
        case 3: self = .balancedAccuracy
        case 4: self = .fMeasure(beta: try decoder.decodeDouble())
        case 5: self = .positiveShare(try decoder.decodeDouble())
        case let tag: throw decoder.error("decision rule \(tag) is unknown")
        }
    }
}

extension CostMatrix {
    fileprivate func encode(to encoder: inout CanonicalEncoder) {
        for cost in [truePositive, falsePositive, falseNegative, trueNegative] {
            encoder.encode(cost)
        }
    }

    fileprivate init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let (truePositive, falsePositive) = (try decoder.decodeDouble(), try decoder.decodeDouble())
        let (falseNegative, trueNegative) = (try decoder.decodeDouble(), try decoder.decodeDouble())
        do {
            try self.init(
                truePositive: truePositive, falsePositive: falsePositive,
                falseNegative: falseNegative, trueNegative: trueNegative)
        } catch {
            throw decoder.error(error.message)
        }
    }
}
