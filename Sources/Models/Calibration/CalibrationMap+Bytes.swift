// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension CalibrationMethod {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .platt: encoder.encode(UInt8(0))
        case .isotonic: encoder.encode(UInt8(1))
        case .beta(let form):
            encoder.encode(UInt8(2))
            encoder.encode(caseOf: form)
        case .temperature: encoder.encode(UInt8(3))
        case .vennAbers: encoder.encode(UInt8(4))
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .platt
        case 1: self = .isotonic
        case 2: self = .beta(try decoder.decodeCase())
        case 3: self = .temperature
        case 4: self = .vennAbers
        case let tag: throw decoder.error("calibration method \(tag) is unknown")
        }
    }
}

extension CalibrationMap {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .platt(let map):
            encoder.encode(UInt8(0))
            encoder.encode(map.slope)
            encoder.encode(map.intercept)
        case .isotonic(let map):
            encoder.encode(UInt8(1))
            encoder.encode(map.positions) { $0.encode($1) }
            encoder.encode(map.values) { $0.encode($1) }
        case .beta(let map):
            encoder.encode(UInt8(2))
            encoder.encode(map.a)
            encoder.encode(map.b)
            encoder.encode(map.c)
        case .temperature(let map):
            encoder.encode(UInt8(3))
            encoder.encode(map.temperature)
        case .vennAbers(let map):
            encoder.encode(UInt8(4))
            encoder.encode(map.scores) { $0.encode($1) }
            encoder.encode(map.weights) { $0.encode($1) }
            encoder.encode(map.positiveWeights) { $0.encode($1) }
        case .priorShift(let map):
            encoder.encode(UInt8(5))
            map.encode(to: &encoder)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0:
            let (slope, intercept) = (try decoder.decodeDouble(), try decoder.decodeDouble())
            guard slope.isFinite, intercept.isFinite else {
                throw decoder.error("a sigmoid of slope \(slope) and intercept \(intercept)")
            }
            self = .platt(PlattScaling(slope: slope, intercept: intercept))
        case 1: self = .isotonic(try IsotonicRegression(probabilitiesFrom: &decoder))
        case 2:
            let (a, b) = (try decoder.decodeDouble(), try decoder.decodeDouble())
            let c = try decoder.decodeDouble()
            guard a >= 0, b >= 0, a.isFinite, b.isFinite, c.isFinite else {
                throw decoder.error("a beta calibration of \(a), \(b) and \(c)")
            }
            self = .beta(BetaCalibration(a: a, b: b, c: c))
        case 3: self = .temperature(try TemperatureScaling(from: &decoder))
        case 4: self = .vennAbers(try VennAbersPredictor(from: &decoder))
        case 5:
            let shift = try PriorShift(from: &decoder)
            guard shift.from.count == 2 else {
                throw decoder.error("shares of \(shift.from.count) classes, not two")
            }
            self = .priorShift(shift)
        case let tag: throw decoder.error("calibration map \(tag) is unknown")
        }
    }
}

extension TemperatureScaling {
    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let temperature = try decoder.decodeDouble()
        guard temperature > 0, temperature.isFinite else {
            throw decoder.error("the temperature \(temperature)")
        }
        self.init(temperature: temperature)
    }
}

extension PriorShift {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(from) { $0.encode($1) }
        encoder.encode(to) { $0.encode($1) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let (from, to) = (try decoder.decodeDoubles(), try decoder.decodeDoubles())
        do {
            try self.init(from: from, to: to)
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension IsotonicRegression {
    /// Reads an ascending function with values within 0...1.
    fileprivate init(
        probabilitiesFrom decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) {
        let (positions, values) = (try decoder.decodeDoubles(), try decoder.decodeDoubles())
        guard !positions.isEmpty, positions.count == values.count,
            positions.allSatisfy(\.isFinite), isAscending(positions, by: <),
            values.allSatisfy({ (0...1).contains($0) }), isAscending(values, by: <=)
        else {
            throw decoder.error(
                "\(positions.count) positions and \(values.count) values of no ascending function")
        }
        self.init(checkedPositions: positions, values: values)
    }
}

extension VennAbersPredictor {
    fileprivate init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let scores = try decoder.decodeDoubles()
        let weights = try decoder.decodeDoubles()
        let positives = try decoder.decodeDoubles()
        guard !scores.isEmpty, scores.allSatisfy(\.isFinite), isAscending(scores, by: <),
            weights.count == scores.count, positives.count == scores.count,
            zip(weights, positives).allSatisfy({ $0 > 0 && $0.isFinite && 0...$0 ~= $1 }),
            weights.reduce(0, +).isFinite
        else {
            throw decoder.error("\(scores.count) scores of no calibration rows")
        }
        self.init(checkedScores: scores, weights: weights, positiveWeights: positives)
    }
}

private func isAscending(_ values: [Double], by isBefore: (Double, Double) -> Bool) -> Bool {
    zip(values, values.dropFirst()).allSatisfy(isBefore)
}
