// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LinearAlgebra

extension TextVectoriser {
    /// Learns the vocabulary and the weights of its terms from training documents.
    ///
    /// - Parameters:
    ///   - documents: The texts; `nil` is a missing one and counts as empty.
    ///   - progress: Sees a step after every 1024 documents.
    /// - Throws: ``FeatureError``: `emptyInput` without documents or without a term that is left,
    ///   `invalidParameter`, or `cancelled` if the task was cancelled or `progress` asked to stop.
    /// - Complexity: O(characters x n-gram sizes + terms log terms).
    public func fit(
        _ documents: [String?], progress: FitObserver? = nil
    ) throws(FeatureError) -> FittedTextVectoriser {
        try validate()
        return try fitted(count(documents, progress), documentCount: documents.count)
    }

    /// Learns from the training rows of a text or categorical column.
    ///
    /// - Throws: As for documents, and ``FeatureError`` with `wrongKind`.
    public func fit(
        _ column: Column, progress: FitObserver? = nil
    ) throws(FeatureError) -> FittedTextVectoriser {
        try fit(column.documents(), progress: progress)
    }

    /// Learns from documents and turns them into rows (documents x terms), bit for bit as fitting
    /// and then transforming does.
    ///
    /// - Throws: As for fitting.
    public func fitTransform(
        _ documents: [String?], progress: FitObserver? = nil
    ) throws(FeatureError) -> (model: FittedTextVectoriser, matrix: SparseMatrix<Double>) {
        try validate()
        let counted = try count(documents, progress)
        let model = try fitted(counted, documentCount: documents.count)
        let columns = counted.columns(of: model)
        var rows = SparseRows(columnCount: model.terms.count, capacity: counted.terms.count)
        for document in documents.indices {
            for entry in counted.offsets[document]..<counted.offsets[document + 1] {
                let column = columns[Int(counted.terms[entry])]
                if column >= 0 { rows.add(counted.counts[entry], column: Int(column)) }
            }
            rows.endRow(norm: norm, weight: model.weight)
        }
        return (model, try rows.matrix())
    }

    /// `1`, `tf` or `1 + ln(tf)` for a count of `tf`.
    @inline(__always)
    func frequency(_ count: Int32) -> Double {
        let frequency = isBinary ? 1 : Double(count)
        return isSublinear ? log(frequency) + 1 : frequency
    }

    private func count(
        _ documents: [String?], _ progress: FitObserver?
    ) throws(FeatureError) -> CountedTerms {
        guard !documents.isEmpty else {
            throw FeatureError(.emptyInput, "no documents to learn terms from")
        }
        var counted = CountedTerms()
        var scanner = TermScanner(analyzer)
        for (row, document) in documents.enumerated() {
            try documents.report("terms", row, to: progress)
            if let document { scanner.forEachTerm(of: document) { counted.add($0) } }
            counted.endDocument()
        }
        return counted
    }

    private func fitted(
        _ counted: CountedTerms, documentCount: Int
    ) throws(FeatureError) -> FittedTextVectoriser {
        let (documents, occurrences) = counted.frequencies()
        let table = counted.table
        guard vocabulary == nil else {
            let terms = vocabulary ?? []
            let frequencies = terms.map { (term) -> Int in
                var term = term
                return term.withUTF8 { table.index(of: $0) }.map { documents[$0] } ?? 0
            }
            return try FittedTextVectoriser(
                recipe: self, terms: terms, documentFrequencies: frequencies,
                documentCount: documentCount)
        }
        let minimum = minimumDocuments.documents(of: documentCount)
        let maximum = maximumDocuments.documents(of: documentCount)
        guard minimum <= maximum else {
            throw FeatureError(
                .invalidParameter,
                "terms in at least \(minimum.shortText) and at most \(maximum.shortText) of "
                    + "\(documentCount) documents: there are none")
        }
        var kept = (0..<table.count).filter {
            Double(documents[$0]) >= minimum && Double(documents[$0]) <= maximum
        }
        kept.sort { table.bytes($0).lexicographicallyPrecedes(table.bytes($1)) }
        if let maximumTerms, kept.count > maximumTerms {
            // Sorting is stable, so equally frequent terms stay in the order of their bytes.
            let byFrequency = kept.indices.sorted {
                occurrences[kept[$0]] > occurrences[kept[$1]]
            }
            kept = byFrequency.prefix(maximumTerms).sorted().map { kept[$0] }
        }
        guard !kept.isEmpty else {
            throw FeatureError(
                .emptyInput,
                "none of \(table.count) terms of \(documentCount) documents is within the limits")
        }
        return try FittedTextVectoriser(
            recipe: self, terms: kept.map { String(decoding: table.bytes($0), as: UTF8.self) },
            documentFrequencies: kept.map { documents[$0] }, documentCount: documentCount)
    }
}

extension TextVectoriser.DocumentLimit {
    fileprivate func documents(of total: Int) -> Double {
        switch self {
        case .count(let count): Double(count)
        case .share(let share): share * Double(total)
        }
    }
}

extension [String?] {
    /// Reports every 1024th row as a step.
    @inline(__always)
    func report(_ stage: String, _ row: Int, to observer: FitObserver?) throws(FeatureError) {
        guard row & 1023 == 1023 else { return }
        try FitProgress(
            stage: stage, step: (row + 1) / 1024, stepLimit: (count + 1023) / 1024, objective: nil
        ).report(to: observer)
    }
}

extension Column {
    /// The texts of a text or categorical column.
    func documents() throws(FeatureError) -> [String?] {
        guard let texts else { throw FeatureError.wrongKind(self, needed: "text") }
        return texts
    }
}

/// The terms of training documents, numbered as they came, with their counts by document.
private struct CountedTerms {
    var table = TermTable()
    var offsets = [0]
    var terms: [Int32] = []
    var counts: [Int32] = []
    /// Where the current document has each term, if not before its start.
    private var position: [Int] = []

    @inline(__always)
    mutating func add(_ term: UnsafeBufferPointer<UInt8>) {
        let index = table.insert(term)
        if index == position.count {
            position.append(-1)
        }
        if position[index] >= offsets[offsets.count - 1] {
            counts[position[index]] += 1
        } else {
            position[index] = terms.count
            terms.append(Int32(truncatingIfNeeded: index))
            counts.append(1)
        }
    }

    mutating func endDocument() { offsets.append(terms.count) }

    /// In how many documents each term is, and how often it occurs in all.
    func frequencies() -> (documents: [Int], occurrences: [Int]) {
        var documents = [Int](repeating: 0, count: table.count)
        var occurrences = documents
        for (term, count) in zip(terms, counts) {
            documents[Int(term)] += 1
            occurrences[Int(term)] += Int(count)
        }
        return (documents, occurrences)
    }

    /// The column of each term in the vocabulary of `model`, -1 where it has none.
    func columns(of model: FittedTextVectoriser) -> [Int32] {
        var columns = [Int32](repeating: -1, count: table.count)
        for (column, var term) in model.terms.enumerated() {
            if let index = term.withUTF8({ table.index(of: $0) }) {
                columns[index] = Int32(truncatingIfNeeded: column)
            }
        }
        return columns
    }
}
