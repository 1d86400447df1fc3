// SPDX-License-Identifier: Apache-2.0

import ReportKit
import Testing

@Suite struct ProgressBarTests {
    @Test func `A bar redraws only what changed and erases itself`() {
        var written: [String] = []
        var bar = ProgressBar(width: 4, isActive: true) { written.append($0) }
        bar.show(0.5, "folds")
        bar.show(0.5001, "folds")
        bar.show(2, "folds")
        bar.finish()
        bar.finish()
        #expect(
            written == [
                "\r\u{1B}[2K██░░ 50 % folds", "\r\u{1B}[2K████ 100 % folds", "\r\u{1B}[2K",
            ])
    }

    @Test func `A bar that is not on a terminal writes nothing`() {
        var written: [String] = []
        var bar = ProgressBar(width: 4, isActive: false) { written.append($0) }
        bar.show(.nan, "folds")
        bar.finish()
        #expect(written.isEmpty)
    }
}
