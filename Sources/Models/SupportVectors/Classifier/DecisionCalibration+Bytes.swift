// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension SupportVectorProbabilities {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .logistic: encoder.encode(UInt8(0))
        case .platt(let folds):
            encoder.encode(UInt8(1))
            encoder.encode(folds)
        case .isotonic(let folds):
            encoder.encode(UInt8(2))
            encoder.encode(folds)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .logistic
        case 1: self = .platt(folds: try decoder.decodeInt())
        case 2: self = .isotonic(folds: try decoder.decodeInt())
        case let tag: throw decoder.error("kind \(tag) of probabilities is unknown")
        }
    }
}

extension DecisionCalibration {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .logistic: break
        case .platt(let map):
            encoder.encode(map.slope)
            encoder.encode(map.intercept)
        case .isotonic(let map):
            encoder.encode(map.positions) { $0.encode($1) }
            encoder.encode(map.values) { $0.encode($1) }
        }
    }

    /// Reads the map of a recipe with `method`.
    init(
        _ method: SupportVectorProbabilities, from decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) {
        switch method {
        case .logistic: self = .logistic
        case .platt:
            let (slope, intercept) = (try decoder.decodeDouble(), try decoder.decodeDouble())
            guard slope.isFinite, intercept.isFinite else {
                throw decoder.error("a sigmoid of slope \(slope) and intercept \(intercept)")
            }
            self = .platt(PlattScaling(slope: slope, intercept: intercept))
        case .isotonic:
            let (positions, values) = (try decoder.decodeDoubles(), try decoder.decodeDoubles())
            guard !positions.isEmpty, positions.count == values.count,
                positions.allSatisfy(\.isFinite), values.allSatisfy({ (0...1).contains($0) }),
                zip(positions, positions.dropFirst()).allSatisfy({ $0 < $1 }),
                zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 })
            else {
                throw decoder.error(
                    "\(positions.count) positions and \(values.count) values of no ascending "
                        + "function")
            }
            self = .isotonic(IsotonicRegression(checkedPositions: positions, values: values))
        }
    }
}
