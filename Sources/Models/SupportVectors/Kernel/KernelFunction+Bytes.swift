// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension KernelFunction {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .linear: encoder.encode(UInt8(0))
        case .polynomial(let degree, let gamma, let offset):
            encoder.encode(UInt8(1))
            encoder.encode(degree)
            gamma.encode(to: &encoder)
            encoder.encode(offset)
        case .radialBasis(let gamma):
            encoder.encode(UInt8(2))
            gamma.encode(to: &encoder)
        case .sigmoid(let gamma, let offset):
            encoder.encode(UInt8(3))
            gamma.encode(to: &encoder)
            encoder.encode(offset)
        case .precomputed: encoder.encode(UInt8(4))
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .linear
        case 1:
            let degree = try decoder.decodeInt()
            let gamma = try Scale(from: &decoder)
            self = .polynomial(
                degree: degree, gamma: gamma, offset: try decoder.decodeDouble())
        case 2: self = .radialBasis(gamma: try Scale(from: &decoder))
        case 3:
            let gamma = try Scale(from: &decoder)
            self = .sigmoid(gamma: gamma, offset: try decoder.decodeDouble())
        case 4: self = .precomputed
        case let tag: throw decoder.error("kernel \(tag) is unknown")
        }
    }
}

extension KernelFunction.Scale {
    fileprivate func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .value(let value):
            encoder.encode(UInt8(0))
            encoder.encode(value)
        case .perColumn: encoder.encode(UInt8(1))
        case .byVariance: encoder.encode(UInt8(2))
        }
    }

    fileprivate init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .value(try decoder.decodeDouble())
        case 1: self = .perColumn
        case 2: self = .byVariance
        case let tag: throw decoder.error("scale \(tag) of a kernel is unknown")
        }
    }
}

extension KernelFunction {
    /// The kernel with the scale `gamma`; `nil` for given values and for a scale that this recipe
    /// cannot have.
    func resolved(gamma: Double?) -> RowKernel? {
        func isAllowed(_ scale: Scale, _ gamma: Double) -> Bool {
            if case .value(let value) = scale { return value == gamma }
            return gamma > 0 && gamma.isFinite
        }
        switch (self, gamma) {
        case (.linear, nil): return .linear
        case (.polynomial(let degree, let scale, let offset), let gamma?)
        where isAllowed(scale, gamma):
            return .polynomial(degree: degree, gamma: gamma, offset: offset)
        case (.radialBasis(let scale), let gamma?) where isAllowed(scale, gamma):
            return .radial(gamma: gamma)
        case (.sigmoid(let scale, let offset), let gamma?) where isAllowed(scale, gamma):
            return .sigmoid(gamma: gamma, offset: offset)
        default: return nil
        }
    }
}

extension RowKernel {
    /// The factor of the product or distance; `nil` where there is none.
    var gamma: Double? {
        switch self {
        case .linear: nil
        case .polynomial(_, let gamma, _), .radial(let gamma), .sigmoid(let gamma, _): gamma
        }
    }
}
