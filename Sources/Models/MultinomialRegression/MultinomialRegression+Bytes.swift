// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension MultinomialRegression: CanonicalContent {
    /// `multinomial-regression.1`.
    public static var kind: String { "multinomial-regression.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        switch penalty {
        case .none: encoder.encode(UInt8(0))
        case .l2(let strength):
            encoder.encode(UInt8(1))
            encoder.encode(strength)
        }
        classWeighting.encode(to: &encoder)
        encoder.encode(iterationLimit)
        encoder.encode(gradientTolerance)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let penalty: Penalty
        switch try decoder.decodeUInt8() {
        case 0: penalty = .none
        case 1: penalty = .l2(C: try decoder.decodeDouble())
        case let tag: throw decoder.error("penalty \(tag) is unknown")
        }
        self.init(
            penalty: penalty, classWeighting: try ClassWeighting(from: &decoder),
            iterationLimit: try decoder.decodeInt(),
            gradientTolerance: try decoder.decodeDouble())
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}
