// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering

extension ScorecardModel: CanonicalContent, Codable {
    /// `scorecard-model.1`.
    public static var kind: String { "scorecard-model.1" }

    /// The canonical bytes of the recipe with its scale, the bins and the regression; points follow
    /// from them.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a card and checks its parts against each other.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(target)
        encoder.encode(variables) { encoder, variable in
            encoder.encode(bytes: CanonicalEncoder.bytes(of: variable.binning))
        }
        encoder.encode(bytes: regression.canonicalBytes)
        encoder.encode(eliminations) { encoder, elimination in
            encoder.encode(elimination.variable)
            switch elimination.reason {
            case .constant: encoder.encode(UInt8(0))
            case .contradictingSign(let coefficient):
                encoder.encode(UInt8(1))
                encoder.encode(coefficient)
            case .insignificant(let pValue):
                encoder.encode(UInt8(2))
                encoder.encode(pValue)
            case .notSelected(let decision, let informationValue):
                encoder.encode(UInt8(3))
                encoder.encode(caseOf: decision)
                encoder.encode(informationValue)
            }
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try Scorecard(from: &decoder)
        let target = try decoder.decodeString()
        let bins = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeNested(VariableBinning.self)
        }
        let regression: LogisticRegressionModel = try decoder.decodeContent()
        let names = bins.map(\.variable)
        guard regression.featureNames == names else {
            throw decoder.error(
                "a regression of \(regression.featureNames) for the variables \(names)")
        }
        guard !names.contains(target) else {
            throw decoder.error("the target '\(target)' is a variable of the card")
        }
        let eliminations = try decoder.decodeArray {
            (decoder) throws(CanonicalDecodingError) in
            let variable = try decoder.decodeString()
            let reason: ScorecardElimination.Reason
            switch try decoder.decodeUInt8() {
            case 0: reason = .constant
            case 1: reason = .contradictingSign(coefficient: try decoder.decodeDouble())
            case 2: reason = .insignificant(pValue: try decoder.decodeDouble())
            case 3:
                reason = .notSelected(
                    try decoder.decodeCase(), informationValue: try decoder.decodeDouble())
            case let tag: throw decoder.error("reason \(tag) is unknown")
            }
            return ScorecardElimination(variable: variable, reason: reason)
        }
        do {
            try self.init(
                recipe: recipe, target: target, bins: bins, regression: regression,
                eliminations: eliminations)
        } catch {
            throw decoder.error(error.message)
        }
    }

    /// Encodes the card as its file, in hexadecimal digits; ``document`` is for reading.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}

extension Scorecard: CanonicalContent {
    /// `scorecard.1`.
    public static var kind: String { "scorecard.1" }

    /// The canonical bytes of the bins' recipe, the regression, the scale and the selection.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a recipe and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: CanonicalEncoder.bytes(of: binning))
        encoder.encode(bytes: regression.canonicalBytes)
        scale.encode(to: &encoder)
        encoder.encode(requiresAgreeingSigns)
        encoder.encode(optional: maximumPValue) { $0.encode($1) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeNested(BinningProcess.self),
            regression: try decoder.decodeContent(), scale: try PointsScale(from: &decoder),
            requiresAgreeingSigns: try decoder.decodeBool(),
            maximumPValue: try decoder.decodeOptional {
                (decoder) throws(CanonicalDecodingError) in try decoder.decodeDouble()
            })
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension PointsScale {
    fileprivate func encode(to encoder: inout CanonicalEncoder) {
        switch anchor {
        case .odds(let points, let odds, let pointsToDoubleOdds):
            encoder.encode(UInt8(0))
            for value in [points, odds, pointsToDoubleOdds] { encoder.encode(value) }
        case .range(let lowest, let highest):
            encoder.encode(UInt8(1))
            for value in [lowest, highest] { encoder.encode(value) }
        }
        encoder.encode(caseOf: direction)
        encoder.encode(caseOf: intercept)
        encoder.encode(caseOf: rounding)
    }

    fileprivate init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let anchor: Anchor
        switch try decoder.decodeUInt8() {
        case 0:
            anchor = .odds(
                points: try decoder.decodeDouble(), odds: try decoder.decodeDouble(),
                pointsToDoubleOdds: try decoder.decodeDouble())
        case 1:
            anchor = .range(
                lowest: try decoder.decodeDouble(), highest: try decoder.decodeDouble())
        case let tag: throw decoder.error("anchor \(tag) of a scale is unknown")
        }
        self.init(
            anchor, direction: try decoder.decodeCase(), intercept: try decoder.decodeCase(),
            rounding: try decoder.decodeCase())
    }
}
