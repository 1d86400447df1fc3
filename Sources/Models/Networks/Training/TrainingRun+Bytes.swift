// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension CanonicalEncoder {
    /// Writes the count and the bit patterns.
    mutating func encode(_ values: [Float]) {
        encode(values) { $0.encode($1.bitPattern) }
    }

    /// Writes epochs, whose numbers are their positions.
    mutating func encode(epochs: [TrainingEpoch]) {
        encode(epochs) {
            $0.encode($1.loss)
            $0.encode(optional: $1.validationLoss) { $0.encode($1) }
            $0.encode($1.learningRate)
        }
    }
}

extension CanonicalDecoder {
    /// Reads `count` finite numbers.
    mutating func decodeFloats(
        _ count: Int, _ name: String
    ) throws(CanonicalDecodingError) -> [Float] {
        let values = try decodeArray { (decoder) throws(CanonicalDecodingError) in
            Float(bitPattern: try decoder.decodeUInt32())
        }
        guard values.count == count else {
            throw error("\(values.count) \(name) for a network of \(count)")
        }
        guard values.allSatisfy(\.isFinite) else { throw error("\(name) that are not finite") }
        return values
    }

    /// Reads the epochs of a training.
    mutating func decodeEpochs(
        of training: NetworkTraining
    ) throws(CanonicalDecodingError) -> [TrainingEpoch] {
        var epoch = 0
        let history = try decodeArray { (decoder) throws(CanonicalDecodingError) in
            epoch += 1
            return TrainingEpoch(
                epoch: epoch, loss: try decoder.decodeDouble(),
                validationLoss: try decoder.decodeOptional {
                    (decoder) throws(CanonicalDecodingError) in try decoder.decodeDouble()
                },
                learningRate: try decoder.decodeDouble())
        }
        guard history.count <= training.epochLimit,
            history.allSatisfy({ $0.loss.isFinite && $0.validationLoss?.isFinite ?? true })
        else { throw error("\(history.count) epochs, or losses that are not finite") }
        return history
    }
}

extension TrainingRun<Float> {
    /// Appends everything but the recipe.
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(parameters)
        encoder.encode(state)
        encoder.encode(first)
        encoder.encode(second)
        encoder.encode(stepCount)
        encoder.encode(plateau.factor)
        encoder.encode(plateau.best)
        encoder.encode(plateau.waited)
        encoder.encode(epochs: history)
        encoder.encode(optional: best) {
            $0.encode($1.loss)
            $0.encode($1.epoch)
            $0.encode($1.parameters)
            $0.encode($1.state)
        }
    }

    /// Reads a run of a network of `parameterCount` parameters and `stateCount` state numbers.
    init(
        from decoder: inout CanonicalDecoder, training: NetworkTraining, parameterCount: Int,
        stateCount: Int
    ) throws(CanonicalDecodingError) {
        let parameters = try decoder.decodeFloats(parameterCount, "parameters")
        self.init(
            training, parameters: parameters,
            state: try decoder.decodeFloats(stateCount, "state numbers"))
        first = try decoder.decodeFloats(parameterCount, "moments")
        second = try decoder.decodeFloats(second.count, "moments")
        stepCount = try decoder.decodeInt()
        plateau.factor = try decoder.decodeDouble()
        plateau.best = try decoder.decodeDouble()
        plateau.waited = try decoder.decodeInt()
        history = try decoder.decodeEpochs(of: training)
        guard stepCount >= history.count, stepCount < 1 << 53, plateau.factor >= 0,
            plateau.factor <= 1, plateau.waited >= 0, plateau.waited <= history.count,
            !plateau.best.isNaN, second.allSatisfy({ $0 >= 0 })
        else {
            throw decoder.error(
                "\(stepCount) steps in \(history.count) epochs, a rate of \(plateau.factor)")
        }
        best = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            Best(
                loss: try decoder.decodeDouble(), epoch: try decoder.decodeInt(),
                parameters: try decoder.decodeFloats(parameterCount, "best parameters"),
                state: try decoder.decodeFloats(stateCount, "best state numbers"))
        }
        if let best, training.earlyStopping == nil || best.epoch < 1 || best.epoch > history.count {
            throw decoder.error("the best epoch is \(best.epoch) of \(history.count)")
        }
    }
}
