// SPDX-License-Identifier: Apache-2.0

import ReportKit
import Testing

@Suite struct BoxSummaryTests {
    @Test func `Quartiles interpolate linearly between order statistics`() throws {
        let box = try #require(BoxSummary([4, 1, 3, 2]))
        #expect(box.count == 4)
        #expect(box.lowerQuartile == 1.75)
        #expect(box.median == 2.5)
        #expect(box.upperQuartile == 3.25)
        #expect(box.lowerWhisker == 1)
        #expect(box.upperWhisker == 4)
        #expect(box.outliers.isEmpty)
    }

    @Test func `Values beyond one and a half box lengths are outliers`() throws {
        // The box reaches from 2 to 4, so the fences stand at -1 and 7.
        let box = try #require(BoxSummary([1, 2, 3, 4, 7.5]))
        #expect(box.upperWhisker == 4)
        #expect(box.lowerWhisker == 1)
        #expect(box.outliers == [7.5])
        let onFence = try #require(BoxSummary([1, 2, 3, 4, 7]))
        #expect(onFence.upperWhisker == 7)
        #expect(onFence.outliers.isEmpty)
    }

    @Test func `One value is its own box, and none has no box`() throws {
        let box = try #require(BoxSummary([5]))
        #expect(box.lowerQuartile == 5 && box.upperWhisker == 5 && box.outliers.isEmpty)
        #expect(BoxSummary([]) == nil)
    }
}
