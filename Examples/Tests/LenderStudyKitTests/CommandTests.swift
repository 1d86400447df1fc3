// SPDX-License-Identifier: Apache-2.0

import Testing
import _ExampleTestSupport

/// The executable itself: exit status and standard error.
@Suite struct CommandTests {
    @Test func `Help names every option, and no run at all ends with status 1`() throws {
        let program = Program("LenderStudy")
        try program.expectHelp(naming: ["--out", "--recovery-runs", "--choices", "--seed"])
        try program.expectError(["--recovery-runs", "0", "--out", "/nowhere/out"])
    }
}
