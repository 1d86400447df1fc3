// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// What is known of every row in up to four parts: a sequence of events, a text, numbers of its
/// place in an association network, and numbers of its own.
///
/// ```swift
/// let inputs = try FusionInputs(
///     sequences: histories.sequences(recipe), texts: purposes,
///     network: links, networkNames: ["degree", "neighbour defaults"],
///     statics: applicants, staticNames: ["age", "income"])
/// let textAlone = try inputs.keeping([.texts])
/// ```
///
/// A sequence may be empty and a text missing; all numbers are finite.
public struct FusionInputs: Sendable, Equatable {
    /// One of the four kinds of knowledge.
    public enum Part: String, Codable, Hashable, Sendable, CaseIterable {
        /// A sequence of any length for each row.
        case sequences
        /// A text for each row.
        case texts
        /// Numbers of the row's place in a network.
        case network
        /// Numbers of the row alone.
        case statics
    }

    /// The number of rows.
    public let count: Int

    /// The events of every row; `nil` without that part.
    public let sequences: SequenceBatch?

    /// The text of every row, `nil` where it is missing; `nil` without that part.
    public let texts: [String?]?

    /// (rows x features of the network); `nil` without that part.
    public let network: Matrix<Double>?

    /// The names of the network's features.
    public let networkNames: [String]

    /// (rows x static values); `nil` without that part.
    public let statics: Matrix<Double>?

    /// The names of the static columns.
    public let staticNames: [String]

    /// Joins the parts of the same rows.
    ///
    /// - Parameters:
    ///   - sequences: one for each row.
    ///   - texts: one for each row.
    ///   - network: (rows x features).
    ///   - networkNames: one per column; `n0`, `n1` and so on where `nil`.
    ///   - statics: (rows x static values).
    ///   - staticNames: one per column; `s0`, `s1` and so on where `nil`.
    /// - Throws: ``ModelError`` with code `empty` without a part, a row or a column; `wrongWidth`
    ///   for parts of different row counts, and for names; `nonFinite` with row and column.
    public init(
        sequences: SequenceBatch? = nil, texts: [String?]? = nil,
        network: Matrix<Double>? = nil, networkNames: [String]? = nil,
        statics: Matrix<Double>? = nil, staticNames: [String]? = nil
    ) throws(ModelError) {
        let counts: [(Part, Int)] = [
            (.sequences, sequences?.count), (.texts, texts?.count),
            (.network, network?.rowCount), (.statics, statics?.rowCount),
        ].compactMap { part, count in count.map { (part, $0) } }
        guard let first = counts.first else { throw ModelError(.empty, "there is no part") }
        for (part, count) in counts {
            guard count == first.1 else {
                throw ModelError(
                    .wrongWidth,
                    "\(count) rows of \(part.rawValue) for \(first.1) of \(first.0.rawValue)")
            }
            guard count > 0 else { throw ModelError(.empty, "there is no row") }
        }
        count = first.1
        self.sequences = sequences
        self.texts = texts
        self.network = network
        self.networkNames = try Self.names(networkNames, "n", network)
        self.statics = statics
        self.staticNames = try Self.names(staticNames, "s", statics)
    }

    private static func names(
        _ names: [String]?, _ prefix: String, _ columns: Matrix<Double>?
    ) throws(ModelError) -> [String] {
        guard let columns else {
            guard names?.isEmpty ?? true else {
                throw ModelError(.wrongWidth, "\(names?.count ?? 0) names for no columns")
            }
            return []
        }
        guard columns.columnCount > 0 else {
            throw ModelError(.empty, "a part of \(columns.rowCount) rows has no columns")
        }
        let names = names ?? (0..<columns.columnCount).map { "\(prefix)\($0)" }
        guard names.count == columns.columnCount, Set(names).count == names.count else {
            throw ModelError(
                .wrongWidth, "the names \(names) for \(columns.columnCount) columns")
        }
        try checkFinite(columns, names: names)
        return names
    }

    /// The parts that are there, in the order of ``Part``.
    public var parts: [Part] {
        Part.allCases.filter { part in
            switch part {
            case .sequences: sequences != nil
            case .texts: texts != nil
            case .network: network != nil
            case .statics: statics != nil
            }
        }
    }

    /// The same rows with some of their parts, such as to see what each is worth alone.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` for a part that is not there, `empty` for
    ///   none.
    public func keeping(_ parts: [Part]) throws(ModelError) -> FusionInputs {
        if let part = parts.first(where: { !self.parts.contains($0) }) {
            throw ModelError(
                .incompatible,
                "there are no \(part.rawValue) among \(self.parts.map(\.rawValue))")
        }
        return try FusionInputs(
            sequences: parts.contains(.sequences) ? sequences : nil,
            texts: parts.contains(.texts) ? texts : nil,
            network: parts.contains(.network) ? network : nil,
            networkNames: parts.contains(.network) ? networkNames : nil,
            statics: parts.contains(.statics) ? statics : nil,
            staticNames: parts.contains(.statics) ? staticNames : nil)
    }

    /// The inputs at `rows`, in that order.
    ///
    /// - Precondition: every index is a row.
    public subscript(rows rows: [Int]) -> FusionInputs {
        FusionInputs(
            checked: rows.count, sequences?[rows: rows],
            texts.map { texts in rows.map { texts[$0] } },
            network?.gatheringRows(rows), networkNames, statics?.gatheringRows(rows), staticNames)
    }

    private init(
        checked count: Int, _ sequences: SequenceBatch?, _ texts: [String?]?,
        _ network: Matrix<Double>?, _ networkNames: [String], _ statics: Matrix<Double>?,
        _ staticNames: [String]
    ) {
        self.count = count
        self.sequences = sequences
        self.texts = texts
        self.network = network
        self.networkNames = networkNames
        self.statics = statics
        self.staticNames = staticNames
    }
}
