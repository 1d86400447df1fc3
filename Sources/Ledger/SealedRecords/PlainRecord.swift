// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Data about a person or a company, before it is sealed.
public struct PlainRecord: Hashable, Sendable {
    /// What the fields mean, 1 to 64 bytes, such as `income.v1`.
    public let schema: String
    /// The fields in the order of the bytes of their names.
    public let fields: [RecordField]

    /// A record; the order of `fields` does not matter.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a schema or a name of other than 1 to 64
    ///   bytes, a name given twice, or no field.
    public init(schema: String, fields: [RecordField]) throws(LedgerError) {
        try checkName(schema, "the schema")
        guard !fields.isEmpty else { throw LedgerError(.invalidValue, "a record has no field") }
        self.schema = schema
        self.fields = fields.sorted { Self.precedes($0, $1) }
        for (index, field) in self.fields.enumerated() {
            try checkName(field.name, "a field's name")
            guard index == 0 || Self.precedes(self.fields[index - 1], field) else {
                throw LedgerError(.invalidValue, "the field '\(field.name)' is given twice")
            }
        }
    }

    /// The value of the field called `name`.
    public subscript(name: String) -> RecordValue? {
        fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    private static func precedes(_ left: RecordField, _ right: RecordField) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}

extension PlainRecord: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(schema)
        encoder.encode(fields)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let schema = try decoder.decodeString()
        let fields: [RecordField] = try decoder.decodeArray()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try PlainRecord(schema: schema, fields: fields)
        }
        guard self.fields == fields else { throw decoder.error("fields are not in order") }
    }
}
