// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import Testing
import _CreditTestSupport

@Suite("PR3: the canonical bytes of event recipes")
struct EventRecipeBytesTests {
    private let matching = EnquiryMatching(
        enquiryKinds: ["enquiry"], loanKinds: ["loan"], sharedAttribute: "bank")
    private let features = EventFeatures(
        .count(), .sum("amount", of: ["a", "b"], over: [.days(9).lagged(by: 2), .all]),
        .lags("amount", 1...2), .sumRatio("amount"), .countSlope(over: [.months(6)]))

    private var sequence: EventSequence {
        EventSequence(
            [
                .daysBeforeAsOf, .daysSincePrevious, .kind(["a"]), .number("x", missing: nil),
                .number("y", missing: -0.5), .level("z", ["l", "m"]), .isMatched(matching),
                .daysToLoan(matching),
            ], kinds: ["a"], maximumLength: 7)
    }

    private var preLoan: PreLoanItems {
        var items = PreLoanItems(amount: "amount", lender: "bank")
        items.loanEnquiry = "asked"
        items.maximumDaysToLoan = 30
        items.windows = [.months(2)]
        return items
    }

    private let inLoan = InLoanItems(
        drawdownKinds: ["d"], repaymentKinds: ["r"], otherKinds: ["o"], amount: "amount",
        principal: "principal", tolerance: 0.01)

    private func check<Recipe: CanonicalCodable & Codable & Equatable>(_ recipe: Recipe) throws {
        let bytes = CanonicalEncoder.bytes(of: recipe)
        let read = try CanonicalDecoder.decode(Recipe.self, from: bytes)
        #expect(read == recipe)
        #expect(CanonicalEncoder.bytes(of: read) == bytes)
        for count in bytes.indices {
            #expect(throws: CanonicalDecodingError.self) {
                try CanonicalDecoder.decode(Recipe.self, from: Array(bytes.prefix(count)))
            }
        }
        // A changed byte is refused, or gives another value with just those bytes.
        for index in bytes.indices {
            var forged = bytes
            forged[index] ^= 0x41
            guard let other = try? CanonicalDecoder.decode(Recipe.self, from: forged) else {
                continue
            }
            #expect(other != recipe && CanonicalEncoder.bytes(of: other) == forged)
        }
        let json = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(Recipe.self, from: json) == recipe)
    }

    @Test func everyRecipeComesBackWithItsBytes() throws {
        try check(features)
        try check(sequence)
        try check(preLoan)
        try check(PreLoanItems())
        try check(inLoan)
    }

    /// The form must never change without a new name in the file.
    @Test func theBytesStandStill() {
        let recipe = EventFeatures(.sum("m", of: ["k"], over: [.months(3).lagged(by: 1)]))
        #expect(
            Hexadecimal.string(CanonicalEncoder.bytes(of: recipe))
                == "01" + "03" + "73756d" + "01" + "01" + "6d" + "01" + "01" + "01" + "6b" + "01"
                + "06" + "6d6f6e746873" + "0000000000000003" + "0000000000000001" + "00")
    }

    @Test func contradictionsAreRefused() {
        for recipe in [
            EventFeatures(.count(over: [.months(0)])), EventFeatures(.count(of: [])),
            EventFeatures(.countSlope(over: [.days(3)])),
        ] {
            let bytes = CanonicalEncoder.bytes(of: recipe)
            #expect(throws: CanonicalDecodingError.self) {
                try CanonicalDecoder.decode(EventFeatures.self, from: bytes)
            }
        }
    }
}
