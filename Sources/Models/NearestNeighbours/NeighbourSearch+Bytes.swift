// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension NeighbourSearch {
    func encode(to encoder: inout CanonicalEncoder) {
        switch metric {
        case .euclidean: encoder.encode(UInt8(0))
        case .manhattan: encoder.encode(UInt8(1))
        case .chebyshev: encoder.encode(UInt8(2))
        case .minkowski(let power):
            encoder.encode(UInt8(3))
            encoder.encode(power)
        case .mahalanobis: encoder.encode(UInt8(4))
        case .hamming: encoder.encode(UInt8(5))
        case .gower(let nominal):
            encoder.encode(UInt8(6))
            encoder.encode(nominal) { $0.encode($1) }
        }
        switch neighbourhood {
        case .count(let count):
            encoder.encode(UInt8(0))
            encoder.encode(count)
        case .radius(let radius):
            encoder.encode(UInt8(1))
            encoder.encode(radius)
        }
        switch weighting {
        case .uniform: encoder.encode(UInt8(0))
        case .inverseDistance: encoder.encode(UInt8(1))
        case .shiftedInverseDistance(let constant):
            encoder.encode(UInt8(2))
            encoder.encode(constant)
        case .oneMinusDistance: encoder.encode(UInt8(3))
        case .gaussian(let bandwidth):
            encoder.encode(UInt8(4))
            encoder.encode(bandwidth)
        }
        encoder.encode(algorithm.rawValue)
        encoder.encode(leafSize)
        encoder.encode(scaling.rawValue)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let metric: Metric
        switch try decoder.decodeUInt8() {
        case 0: metric = .euclidean
        case 1: metric = .manhattan
        case 2: metric = .chebyshev
        case 3: metric = .minkowski(p: try decoder.decodeDouble())
        case 4: metric = .mahalanobis
        case 5: metric = .hamming
        case 6: metric = .gower(nominal: try decoder.decodeStrings())
        case let tag: throw decoder.error("metric \(tag) is unknown")
        }
        let neighbourhood: Neighbourhood
        switch try decoder.decodeUInt8() {
        case 0: neighbourhood = .count(try decoder.decodeInt())
        case 1: neighbourhood = .radius(try decoder.decodeDouble())
        case let tag: throw decoder.error("neighbourhood \(tag) is unknown")
        }
        let weighting: Weighting
        switch try decoder.decodeUInt8() {
        case 0: weighting = .uniform
        case 1: weighting = .inverseDistance
        case 2: weighting = .shiftedInverseDistance(constant: try decoder.decodeDouble())
        case 3: weighting = .oneMinusDistance
        case 4: weighting = .gaussian(bandwidth: try decoder.decodeDouble())
        case let tag: throw decoder.error("weighting \(tag) is unknown")
        }
        guard let algorithm = Algorithm(rawValue: try decoder.decodeString()) else {
            throw decoder.error("an algorithm that is unknown")
        }
        let leafSize = try decoder.decodeInt()
        guard let scaling = Scaling(rawValue: try decoder.decodeString()) else {
            throw decoder.error("a scaling that is unknown")
        }
        self.init(
            neighbourhood, metric: metric, weighting: weighting, scaling: scaling,
            algorithm: algorithm, leafSize: leafSize)
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension NeighbourMemory {
    func encode(to encoder: inout CanonicalEncoder) {
        search.encode(to: &encoder)
        encoder.encode(names) { $0.encode($1) }
        encoder.encode(weights) { $0.encode($1) }
        encoder.encode(features.elements) { $0.encode($1) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let search = try NeighbourSearch(from: &decoder)
        let names = try decoder.decodeStrings()
        let weights = try decoder.decodeDoubles()
        let elements = try decoder.decodeDoubles()
        guard !names.isEmpty, !weights.isEmpty, weights.allSatisfy({ $0 > 0 && $0.isFinite }),
            elements.count == names.count * weights.count, elements.allSatisfy(\.isFinite)
        else {
            throw decoder.error(
                "\(elements.count) values of \(weights.count) rows and \(names.count) features, "
                    + "or not all of them finite")
        }
        do {
            try self.init(
                search,
                features: Matrix(
                    rowCount: weights.count, columnCount: names.count, elements: elements),
                weights: weights, names: names)
        } catch {
            throw decoder.error(error.message)
        }
    }
}
