// SPDX-License-Identifier: Apache-2.0

extension EventLog {
    /// A log of the rows of `table`, each of which is an event.
    ///
    /// - Parameters:
    ///   - account: The column of accounts: categories, texts or numbers.
    ///   - date: The date column that says when each event became known.
    ///   - kind: The categorical or text column of kinds; `nil` if all events are of one kind.
    ///   - declaredKinds: Kinds that features may ask for though no event has them, as in the log
    ///     of a single applicant. The levels of a categorical column need no declaration.
    ///   - time: A numeric column that orders the events of a day, such as seconds since midnight;
    ///     `nil` for the table's order.
    ///   - order: What to do with events that are not in the order of their dates.
    /// - Throws: ``FeatureError``: `unknownColumn` or `wrongKind`; `missingValue` with the row of
    ///   the first missing account, date, kind or time; `outOfOrder` with row and date if `order`
    ///   is `required`.
    /// - Complexity: O(events), and sorting the events of accounts that are not in order.
    public init(
        _ table: Table, account: String, date: String, kind: String? = nil,
        declaredKinds: [String] = [], time: String? = nil, order: OrderPolicy = .sorted
    ) throws(FeatureError) {
        var accounts = KeyTable()
        let accountCodes = try accounts.codes(of: table[column: account])
        let days = try table[column: date].requiredDays()
        let times = try time.map { (name) throws(FeatureError) in try table.times(name) }
        let kinds = try table.kinds(kind, declared: declaredKinds)
        var offsets = [Int](repeating: 0, count: accounts.names.count + 1)
        for code in accountCodes { offsets[Int(code) + 1] += 1 }
        for index in offsets.indices.dropFirst() { offsets[index] += offsets[index - 1] }
        var places = offsets
        var rows = [Int](repeating: 0, count: table.rowCount)
        for (row, code) in accountCodes.enumerated() {
            rows[places[Int(code)]] = row
            places[Int(code)] += 1
        }
        func precedes(_ a: Int, _ b: Int) -> Bool {
            if days[a] != days[b] { return days[a] < days[b] }
            guard let times else { return false }
            return times[a] < times[b]
        }
        var firstOutOfOrder: Int?
        for index in 0..<accounts.names.count {
            let range = offsets[index]..<offsets[index + 1]
            let later = range.dropFirst().first { precedes(rows[$0], rows[$0 - 1]) }
            guard let later else { continue }
            firstOutOfOrder = min(firstOutOfOrder ?? rows[later], rows[later])
            if order == .sorted {
                rows[range].sort { precedes($0, $1) || (!precedes($1, $0) && $0 < $1) }
            }
        }
        if order == .required, let row = firstOutOfOrder {
            let value = try table[column: date][row].description
            throw FeatureError(
                .outOfOrder,
                "\(value) comes behind a later event of account "
                    + "'\(accounts.names[Int(accountCodes[row])])'", row: row, column: date,
                value: value)
        }
        let attributes = try table.removing(
            [account, date] + [kind, time].compactMap { $0 })
        storage = Storage(
            accounts: accounts, offsets: offsets, days: rows.map { days[$0] },
            kinds: rows.map { kinds.codes[$0] }, kindNames: kinds.names,
            attributes: attributes[rows: attributes.columnCount == 0 ? [] : rows], rows: rows)
    }
}

extension Table {
    fileprivate func times(_ name: String) throws(FeatureError) -> [Double] {
        let column = try self[column: name]
        guard let times = column.numbers else { throw .wrongKind(column, needed: "numeric") }
        if let row = times.firstIndex(where: \.isNaN) {
            throw FeatureError(.missingValue, "the time is missing", row: row, column: name)
        }
        return times
    }

    fileprivate func kinds(
        _ name: String?, declared: [String]
    ) throws(FeatureError) -> (codes: [Int32], names: [String]) {
        guard let name else {
            return (
                [Int32](repeating: 0, count: rowCount),
                ["event"] + declared.filter { $0 != "event" }
            )
        }
        let column = try self[column: name]
        let levels: [String]
        let codes: [Int32]
        switch column.storage {
        case .categorical(let levelCodes, let known): (codes, levels) = (levelCodes, known)
        case .text(let texts):
            levels = sortedByBytes(Set(texts.compactMap { $0 }))
            let codeOfLevel = Dictionary(
                uniqueKeysWithValues: zip(levels, 0..<Int32(levels.count)))
            codes = texts.map { $0.flatMap { codeOfLevel[$0] } ?? -1 }
        case .numeric, .date: throw .wrongKind(column, needed: "categorical or text")
        }
        if let row = codes.firstIndex(of: -1) {
            throw FeatureError(.missingValue, "the kind is missing", row: row, column: name)
        }
        var names = levels
        for kind in declared where !names.contains(kind) { names.append(kind) }
        return (codes, names)
    }
}
