// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension NetworkTraining {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(epochLimit)
        encoder.encode(batchSize)
        optimiser.encode(to: &encoder)
        schedule.encode(to: &encoder)
        encoder.encode(optional: gradientNormLimit) { $0.encode($1) }
        encoder.encode(batchesPerStep)
        encoder.encode(optional: earlyStopping) {
            $0.encode($1.patience)
            $0.encode($1.share)
        }
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            epochLimit: try decoder.decodeInt(), batchSize: try decoder.decodeInt(),
            optimiser: try Optimiser(from: &decoder),
            schedule: try LearningRateSchedule(from: &decoder),
            gradientNormLimit: try decoder.decodeOptional {
                (decoder) throws(CanonicalDecodingError) in try decoder.decodeDouble()
            },
            batchesPerStep: try decoder.decodeInt(),
            earlyStopping: try decoder.decodeOptional {
                (decoder) throws(CanonicalDecodingError) in
                EarlyStopping(
                    patience: try decoder.decodeInt(), share: try decoder.decodeDouble())
            },
            seed: try decoder.decodeUInt64())
    }
}

extension Optimiser {
    func encode(to encoder: inout CanonicalEncoder) {
        switch rule {
        case .gradientDescent(let momentum, let isNesterov):
            encoder.encode(UInt8(0))
            encoder.encode(momentum)
            encoder.encode(isNesterov)
        case .adam(let beta1, let beta2, let epsilon):
            encoder.encode(UInt8(1))
            for value in [beta1, beta2, epsilon] { encoder.encode(value) }
        case .adamW(let beta1, let beta2, let epsilon):
            encoder.encode(UInt8(2))
            for value in [beta1, beta2, epsilon] { encoder.encode(value) }
        case .rmsProp(let smoothing, let epsilon, let momentum):
            encoder.encode(UInt8(3))
            for value in [smoothing, epsilon, momentum] { encoder.encode(value) }
        }
        encoder.encode(learningRate)
        encoder.encode(weightDecay)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let rule: Rule
        switch try decoder.decodeUInt8() {
        case 0:
            rule = .gradientDescent(
                momentum: try decoder.decodeDouble(), isNesterov: try decoder.decodeBool())
        case 1:
            rule = .adam(
                beta1: try decoder.decodeDouble(), beta2: try decoder.decodeDouble(),
                epsilon: try decoder.decodeDouble())
        case 2:
            rule = .adamW(
                beta1: try decoder.decodeDouble(), beta2: try decoder.decodeDouble(),
                epsilon: try decoder.decodeDouble())
        case 3:
            rule = .rmsProp(
                smoothing: try decoder.decodeDouble(), epsilon: try decoder.decodeDouble(),
                momentum: try decoder.decodeDouble())
        case let tag: throw decoder.error("optimiser \(tag) is unknown")
        }
        self.init(
            rule, learningRate: try decoder.decodeDouble(),
            weightDecay: try decoder.decodeDouble())
    }
}

extension LearningRateSchedule {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(warmUpSteps)
        switch decay {
        case .none: encoder.encode(UInt8(0))
        case .step(let epochs, let factor):
            encoder.encode(UInt8(1))
            encoder.encode(epochs)
            encoder.encode(factor)
        case .cosine(let epochs, let floor):
            encoder.encode(UInt8(2))
            encoder.encode(epochs)
            encoder.encode(floor)
        case .plateau(let patience, let factor, let floor):
            encoder.encode(UInt8(3))
            encoder.encode(patience)
            encoder.encode(factor)
            encoder.encode(floor)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let warmUpSteps = try decoder.decodeInt()
        let decay: Decay
        switch try decoder.decodeUInt8() {
        case 0: decay = .none
        case 1:
            decay = .step(epochs: try decoder.decodeInt(), factor: try decoder.decodeDouble())
        case 2:
            decay = .cosine(epochs: try decoder.decodeInt(), floor: try decoder.decodeDouble())
        case 3:
            decay = .plateau(
                patience: try decoder.decodeInt(), factor: try decoder.decodeDouble(),
                floor: try decoder.decodeDouble())
        case let tag: throw decoder.error("decay \(tag) is unknown")
        }
        self.init(decay, warmUpSteps: warmUpSteps)
    }
}
