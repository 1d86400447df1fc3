// SPDX-License-Identifier: Apache-2.0

/// The form of `Golden/tables.json`.
struct TablesGolden: Decodable {
    struct Left: Decodable {
        let row: [Double]
        let bank: [String?]
        let year: [Double?]
        let amount: [Double?]
    }

    struct Right: Decodable {
        let bank: [String]
        let year: [Double]
        let rate: [Double]
    }

    struct Joined: Decodable, Hashable {
        let row: Double
        let rate: Double?
    }

    struct Groups: Decodable {
        let bank: [String?]
        let year: [Double?]
        let size, count, sum, distinct: [Double]
        let mean, min, max, sd, median, first, last: [Double?]
    }

    struct ARFF: Decodable {
        let text: String
        let amount: [Double?]
        let owner: [String]
        let term: [Double?]
    }

    struct LIBSVM: Decodable {
        let text: String
        let labels: [Double]
        let rows: [[Double]]
    }

    let left: Left
    let right: Right
    let joins: [String: [Joined]]
    let groups: Groups
    let sortedRows: [Double]
    let arff: ARFF
    let libsvm: LIBSVM
}
