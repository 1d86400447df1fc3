// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// `text.tfidf` and `text.hashing`: vectors of documents of eighty words, one a line.
struct TextBenchmark: FeatureBenchmark {
    enum Method: String {
        case tfidf
        case hashing
    }

    let method: Method
    let sizes = ["20k"]
    let smallSize = "500"

    var name: String { "text.\(method.rawValue)" }

    func workload(size: String, directory: String) throws -> Workload {
        let path = "\(directory)/text_\(size).txt"
        let documents: [String?] = try bytes(ofFile: path).split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }
        guard documents.count == itemCount(size) else {
            throw BenchmarkError(
                code: .data,
                message: "\(path) has \(documents.count) lines, not \(itemCount(size))")
        }
        var matrix = SparseMatrix<Double>.zeros(0, 0)
        return Workload {
            // The matrix before is gone, so that its memory does not count.
            matrix = SparseMatrix<Double>.zeros(0, 0)
            switch method {
            case .tfidf: matrix = try TextVectoriser.tfidf().fitTransform(documents).matrix
            case .hashing: matrix = try HashingVectoriser().transform(documents)
            }
        } check: {
            guard matrix.rowCount == documents.count else {
                throw BenchmarkError(
                    code: .wrongResult, message: "\(matrix.rowCount) rows of \(documents.count)")
            }
            // Every row has length 1, and the stored numbers are those of the distinct words.
            let lengths = (0..<matrix.rowCount).map { row in
                matrix.positions(ofRow: row).reduce(0) {
                    $0 + matrix.values[$1] * matrix.values[$1]
                }
            }
            let error = try requireAgreement(
                name, lengths, [Double](repeating: 1, count: lengths.count), limit: 64
            ) { _ in Double.ulpOfOne }
            if method == .tfidf {
                let distinct = documents.map { document in
                    let words = (document ?? "").split { $0 == " " || $0 == "." }
                    return Set(words.filter { $0.utf8.count > 1 }).count
                }
                _ = try requireAgreement(
                    name, (0..<matrix.rowCount).map { Double(matrix.positions(ofRow: $0).count) },
                    distinct.map(Double.init), limit: 0
                ) { _ in 1 }
            }
            return [
                "error_eps": error, "stored": Double(matrix.storedCount),
                "sum": matrix.values.reduce(0, +),
            ]
        }
    }
}
