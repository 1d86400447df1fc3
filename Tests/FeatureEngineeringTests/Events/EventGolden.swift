// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering

/// What `Scripts/golden/feature_events.py` wrote.
struct EventGolden: Decodable {
    struct Events: Decodable {
        let account: [String]
        let date: [CalendarDate]
        let kind: [String]
        let amount: [Double?]
        let employer: [String]
    }

    struct Cuts: Decodable {
        let account: [String]
        let date: [CalendarDate]
    }

    struct Rolling: Decodable {
        let account: [String]
        let date: [CalendarDate]
        let amount: [Double?]
        let means: [String: [Double?]]
    }

    let events: Events
    let cuts: Cuts
    let exclusive: [String: [Double?]]
    let inclusive: [String: [Double?]]
    let rolling: Rolling
}

func day(_ text: String) -> CalendarDate { CalendarDate(text)! }

/// A table of events with the columns `account`, `date`, `kind` and `amount`.
func eventTable(
    _ events: [(account: String, date: String, kind: String, amount: Double?)]
) throws -> Table {
    try Table([
        .text("account", events.map(\.account)),
        .date("date", events.map { day($0.date) }),
        .text("kind", events.map(\.kind)),
        .numeric("amount", events.map(\.amount)),
    ])
}

func eventLog(
    _ events: [(account: String, date: String, kind: String, amount: Double?)],
    declaring kinds: [String] = []
) throws -> EventLog {
    try EventLog(
        eventTable(events), account: "account", date: "date", kind: "kind", declaredKinds: kinds)
}
