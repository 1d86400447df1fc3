// SPDX-License-Identifier: Apache-2.0

import Testing
import _ExampleTestSupport

/// The executable itself: exit status and standard error.
@Suite struct CommandTests {
    @Test func `Help names every option, and a missing file ends with status 1`() throws {
        let program = Program("Scorecard")
        try program.expectHelp(naming: ["--data", "--out", "--applicant", "--gain", "--seed"])
        try program.expectError(["--data", "/nowhere/loans.data", "--out", "/nowhere/out"])
    }
}
