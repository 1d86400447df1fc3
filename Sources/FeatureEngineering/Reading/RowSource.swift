// SPDX-License-Identifier: Apache-2.0

/// Rows of fields, one at a time: a delimited file, a database query.
package protocol RowSource {
    /// The names of the fields if the source knows them.
    var fieldNames: [String]? { get }
    /// The number of fields of the current row.
    var fieldCount: Int { get }
    /// What messages call the source.
    var name: String { get }

    /// Goes to the next row; false after the last one.
    mutating func advance() throws(FeatureError) -> Bool

    /// The field at `index` of the current row; its bytes are valid until the next `advance()`.
    func field(_ index: Int) -> SourceField

    /// The line of the field at `index`, counted from 1; `nil` for sources without lines.
    func line(ofField index: Int) -> Int?
}

/// One field as its source holds it.
package enum SourceField {
    case missing
    case number(Double)
    case text(UnsafeRawBufferPointer)
}
