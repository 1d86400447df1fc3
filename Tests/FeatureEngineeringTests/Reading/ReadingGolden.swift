// SPDX-License-Identifier: Apache-2.0

/// The form of `Golden/reading.json`.
struct ReadingGolden: Decodable {
    struct Number: Decodable {
        let text: String
        let bits: String
    }

    struct Day: Decodable {
        let text: String
        let days: Int
    }

    struct File: Decodable {
        let rows: Int
        let columns: [Column]
    }

    struct Column: Decodable {
        let name: String
        let sum: Double?
        let min: Double?
        let max: Double?
        let levels: [String: Int]?
    }

    let numbers: [Number]
    let dates: [Day]
    let files: [String: File]
}
