// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension NaiveBayes: CanonicalContent {
    /// `naive-bayes.1`.
    public static var kind: String { "naive-bayes.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        likelihood.encode(to: &encoder)
        encoder.encode(exceptions) { encoder, columns in
            encoder.encode(columns.names) { $0.encode($1) }
            columns.likelihood.encode(to: &encoder)
        }
        switch priors {
        case .empirical: encoder.encode(UInt8(0))
        case .uniform: encoder.encode(UInt8(1))
        case .given(let priors):
            encoder.encode(UInt8(2))
            encoder.encode(priors) { $0.encode($1) }
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let likelihood = try NaiveBayesLikelihood(from: &decoder)
        let exceptions = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Columns(try decoder.decodeStrings(), try NaiveBayesLikelihood(from: &decoder))
        }
        let priors: Priors
        switch try decoder.decodeUInt8() {
        case 0: priors = .empirical
        case 1: priors = .uniform
        case 2: priors = .given(try decoder.decodeDoubles())
        case let tag: throw decoder.error("priors \(tag) are unknown")
        }
        self.init(likelihood, except: exceptions, priors: priors)
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension NaiveBayesLikelihood {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .automatic: encoder.encode(UInt8(0))
        case .gaussian(let smoothing):
            encoder.encode(UInt8(1))
            encoder.encode(smoothing)
        case .bernoulli(let threshold, let smoothing):
            encoder.encode(UInt8(2))
            encoder.encode(threshold)
            encoder.encode(smoothing)
        case .multinomial(let smoothing):
            encoder.encode(UInt8(3))
            encoder.encode(smoothing)
        case .complement(let smoothing, let isNormalised):
            encoder.encode(UInt8(4))
            encoder.encode(smoothing)
            encoder.encode(isNormalised)
        case .categorical(let smoothing, let minimumCount):
            encoder.encode(UInt8(5))
            encoder.encode(smoothing)
            encoder.encode(minimumCount)
        case .kernel(let bandwidth):
            encoder.encode(UInt8(6))
            switch bandwidth {
            case .range: encoder.encode(UInt8(0))
            case .scott: encoder.encode(UInt8(1))
            case .fixed(let width):
                encoder.encode(UInt8(2))
                encoder.encode(width)
            }
        case .discretised(let smoothing):
            encoder.encode(UInt8(7))
            encoder.encode(smoothing)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .automatic
        case 1: self = .gaussian(varianceSmoothing: try decoder.decodeDouble())
        case 2:
            self = .bernoulli(
                threshold: try decoder.decodeDouble(), smoothing: try decoder.decodeDouble())
        case 3: self = .multinomial(smoothing: try decoder.decodeDouble())
        case 4:
            self = .complement(
                smoothing: try decoder.decodeDouble(), normalised: try decoder.decodeBool())
        case 5:
            self = .categorical(
                smoothing: try decoder.decodeDouble(), minimumCount: try decoder.decodeInt())
        case 6: self = .kernel(try KernelBandwidth(from: &decoder))
        case 7: self = .discretised(smoothing: try decoder.decodeDouble())
        case let tag: throw decoder.error("likelihood \(tag) is unknown")
        }
    }
}

extension KernelBandwidth {
    fileprivate init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .range
        case 1: self = .scott
        case 2: self = .fixed(try decoder.decodeDouble())
        case let tag: throw decoder.error("kernel width \(tag) is unknown")
        }
    }
}
