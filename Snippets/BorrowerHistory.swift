// SPDX-License-Identifier: Apache-2.0

// What was known of borrowers on the day of their application: events, contacts and words.
import FeatureEngineering

let loans = try Table(
    csvText: """
        borrower,applied,phone,purpose
        ann,2024-03-01,555-1,repair of an old car
        bob,2024-05-15,555-1,car and holiday
        """,
    schema: TableSchema([
        .text("borrower"), .date("applied"), .text("phone"), .text("purpose"),
    ]))
let events = try Table(
    csvText: """
        borrower,day,event,amount
        ann,2024-01-10,enquiry,
        ann,2024-02-20,repayment,120
        bob,2024-06-01,repayment,80
        """,
    schema: TableSchema([
        .text("borrower"), .date("day"), .categorical("event", ["enquiry", "repayment"]),
        .numeric("amount", missing: [""]),
    ]))

let log = try EventLog(events, account: "borrower", date: "day", kind: "event")
let dates = try AsOfDates(loans, account: "borrower", date: "applied")
print(
    try log.histories(asOf: dates).features(
        EventFeatures(
            .count(of: ["enquiry"], over: [.months(3)]),
            .sum("amount", of: ["repayment"], over: [.months(1), .months(12)]))))

let network = try AssociationNetwork(linking: "borrower", of: loans, by: ["phone"])
print(try network.joining(network.columns([.degree]), to: loans, account: "borrower"))

let vectoriser = try TextVectoriser.tfidf().fit(loans[column: "purpose"])
print(vectoriser.terms)
print(try vectoriser.transform(loans[column: "purpose"]))
