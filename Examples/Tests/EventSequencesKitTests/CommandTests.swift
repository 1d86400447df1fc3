// SPDX-License-Identifier: Apache-2.0

import Testing
import _ExampleTestSupport

/// The executable itself: exit status and standard error.
@Suite struct CommandTests {
    @Test func `Help names every option, and too few borrowers end with status 1`() throws {
        let program = Program("EventSequences")
        try program.expectHelp(naming: ["--out", "--borrowers", "--epochs", "--seed"])
        try program.expectError(["--borrowers", "20", "--out", "/nowhere/out"])
    }
}
