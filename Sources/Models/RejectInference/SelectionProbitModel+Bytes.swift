// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension SelectionProbitModel: CanonicalContent {
    /// `selection-probit-model.1`.
    public static var kind: String { "selection-probit-model.1" }

    /// The canonical bytes of the parameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: featureNames)
        encoder.encode(strings: selectionNames)
        encoder.encode(parameters) { $0.encode($1) }
        encoder.encode(standardErrors) { $0.encode($1) }
        encoder.encode(logLikelihood)
        encoder.encode(independentLogLikelihood)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            featureNames: try decoder.decodeStrings(), selectionNames: try decoder.decodeStrings(),
            parameters: try decoder.decodeDoubles(), standardErrors: try decoder.decodeDoubles(),
            logLikelihood: try decoder.decodeDouble(),
            independentLogLikelihood: try decoder.decodeDouble())
        guard !featureNames.isEmpty, !selectionNames.isEmpty,
            parameters.count == featureNames.count + selectionNames.count + 3,
            standardErrors.count == parameters.count, parameters.allSatisfy(\.isFinite),
            standardErrors.allSatisfy({ $0 > 0 && $0.isFinite }), logLikelihood.isFinite,
            independentLogLikelihood.isFinite
        else {
            throw decoder.error(
                "\(parameters.count) parameters of \(featureNames.count) features and "
                    + "\(selectionNames.count) columns of selection, or one that is not finite")
        }
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
