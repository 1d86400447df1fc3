// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension BoostingGrowth {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(roundCount)
        encoder.encode(learningRate)
        encoder.encode(order == .byDepth)
        encoder.encode(leafLimit)
        encoder.encode(optional: depthLimit) { $0.encode($1) }
        for value in [minimumLeafCurvature, minimumGain, l1, l2, rowShare, featureShare] {
            encoder.encode(value)
        }
        encoder.encode(bins)
        encoder.encode(nominal) { $0.encode($1) }
        encoder.encode(levelSmoothing)
        encoder.encode(monotone) {
            $0.encode($1.feature)
            $0.encode($1.direction == .increasing)
        }
        encoder.encode(interactions) { $0.encode($1) { $0.encode($1) } }
        encoder.encode(optional: earlyStopping) {
            $0.encode($1.patience)
            $0.encode($1.share)
        }
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            roundCount: try decoder.decodeInt(), learningRate: try decoder.decodeDouble(),
            order: try decoder.decodeBool() ? .byDepth : .bestFirst,
            leafLimit: try decoder.decodeInt(), depthLimit: try decoder.decodeOptionalInt(),
            minimumLeafCurvature: try decoder.decodeDouble(),
            minimumGain: try decoder.decodeDouble(), l1: try decoder.decodeDouble(),
            l2: try decoder.decodeDouble(), rowShare: try decoder.decodeDouble(),
            featureShare: try decoder.decodeDouble(), bins: try decoder.decodeInt(),
            nominal: try decoder.decodeStrings(), levelSmoothing: try decoder.decodeDouble(),
            monotone: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                MonotoneConstraint(
                    try decoder.decodeString(),
                    try decoder.decodeBool() ? .increasing : .decreasing)
            },
            interactions: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeStrings()
            },
            earlyStopping: try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                EarlyStopping(
                    patience: try decoder.decodeInt(), share: try decoder.decodeDouble())
            },
            seed: try decoder.decodeUInt64())
    }
}
