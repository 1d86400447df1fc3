// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension ClassCalibrator: CanonicalContent, Codable {
    /// `class-calibrator.1`.
    public static var kind: String { "class-calibrator.1" }

    /// The canonical bytes of the maps.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the maps and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .positive(let map):
            encoder.encode(UInt8(0))
            map.encode(to: &encoder)
        case .oneAgainstRest(let maps):
            encoder.encode(UInt8(1))
            encoder.encode(maps) { encoder, map in map.encode(to: &encoder) }
        case .temperature(let map):
            encoder.encode(UInt8(2))
            encoder.encode(map.temperature)
        case .priorShift(let map):
            encoder.encode(UInt8(3))
            map.encode(to: &encoder)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .positive(try CalibrationMap(from: &decoder))
        case 1:
            self = .oneAgainstRest(
                try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                    try CalibrationMap(from: &decoder)
                })
        case 2: self = .temperature(try TemperatureScaling(from: &decoder))
        case 3: self = .priorShift(try PriorShift(from: &decoder))
        case let tag: throw decoder.error("class calibrator \(tag) is unknown")
        }
    }

    /// Encodes the maps as their file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
