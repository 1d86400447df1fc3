// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Models
import Testing

@Suite("PR3: files of event recipes")
struct EventRecipeFileTests {
    private let items = PreLoanItems(amount: "amount")
    private let loans = InLoanItems(
        drawdownKinds: ["drawdown"], repaymentKinds: ["repayment"], amount: "amount")

    @Test func everyRecipeComesBackFromItsFile() throws {
        #expect(try EventFeatures(fileBytes: items.features.fileBytes) == items.features)
        #expect(try EventSequence(fileBytes: items.sequence.fileBytes) == items.sequence)
        #expect(try PreLoanItems(fileBytes: items.fileBytes) == items)
        #expect(try InLoanItems(fileBytes: loans.fileBytes) == loans)
        #expect(items.features.digest != EventFeatures(.count()).digest)
    }

    @Test func filesOfOtherKindsAreRefused() throws {
        let error = #expect(throws: ModelError.self) {
            try EventFeatures(fileBytes: items.sequence.fileBytes)
        }
        #expect(error?.code == .invalidFile)
        let contradiction = EventFeatures(.count(over: [.months(0)]))
        let refused = #expect(throws: ModelError.self) {
            try EventFeatures(fileBytes: contradiction.fileBytes)
        }
        #expect(refused?.message.contains("a window of 0 months") == true)
    }
}
