// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension CanonicalEncoder {
    /// Writes recipes by name, in the order of the names' bytes.
    fileprivate mutating func encode(overrides: [String: OptimalBinning]) {
        encode(sortedByBytes(overrides.keys)) { encoder, name in
            encoder.encode(name)
            encoder.encode(optional: overrides[name]) { $0.encode($1) }
        }
    }
}

extension CanonicalDecoder {
    fileprivate mutating func decodeOverrides()
        throws(CanonicalDecodingError) -> [String: OptimalBinning]
    {
        var names: [String] = []
        var overrides: [String: OptimalBinning] = [:]
        for _ in 0..<(try decodeCount()) {
            let name = try decodeString()
            guard try decodeBool() else { throw error("'\(name)' has no recipe") }
            names.append(name)
            overrides[name] = try OptimalBinning(from: &self)
        }
        guard names == sortedByBytes(overrides.keys) else {
            throw error("the recipes of single variables are not in the order of their names")
        }
        return overrides
    }
}

extension WeightOfEvidenceEncoding: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(binning)
        encoder.encode(overrides: overrides)
        encoder.encode(caseOf: output)
        encoder.encode(optional: columns) { $0.encode(strings: $1) }
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        binning = try OptimalBinning(from: &decoder)
        overrides = try decoder.decodeOverrides()
        output = try decoder.decodeCase()
        columns = try decoder.decodeColumns()
    }
}

extension FittedWeightOfEvidenceEncoding: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: output)
        encoder.encode(encodings) { encoder, encoding in
            encoder.encode(encoding.column)
            encoder.encode(encoding.binning)
            encoder.encode(optional: encoding.levels) { $0.encode(strings: $1) }
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let output: FittedBinningProcess.Output = try decoder.decodeCase()
        self.output = output
        encodings = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Encoding(
                column: try decoder.decodeInt(), binning: try VariableBinning(from: &decoder),
                levels: try decoder.decodeOptional {
                    (decoder) throws(CanonicalDecodingError) in try decoder.decodeStrings()
                }, output: output)
        }
    }
}

extension BinningProcess: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(binning)
        encoder.encode(overrides: overrides)
        encoder.encode(optional: variables) { $0.encode(strings: $1) }
        encoder.encode(minimumInformationValue)
        encoder.encode(optional: maximumInformationValue) { $0.encode($1) }
        encoder.encode(optional: maximumVariables) { $0.encode($1) }
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        binning = try OptimalBinning(from: &decoder)
        overrides = try decoder.decodeOverrides()
        variables = try decoder.decodeColumns()
        minimumInformationValue = try decoder.decodeDouble()
        maximumInformationValue = try decoder.decodeOptional {
            (decoder) throws(CanonicalDecodingError) in try decoder.decodeDouble()
        }
        maximumVariables = try decoder.decodeOptional {
            (decoder) throws(CanonicalDecodingError) in try decoder.decodeInt()
        }
        do throws(FeatureError) {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}
