// SPDX-License-Identifier: Apache-2.0

import Testing
import _ExampleTestSupport

/// The executable itself: exit status and standard error.
@Suite struct CommandTests {
    @Test func `Help names every option, and a missing file ends with status 1`() throws {
        let program = Program("RiskLevels")
        try program.expectHelp(naming: ["--taiwan", "--out", "--loans", "--seed"])
        try program.expectError(["--taiwan", "/nowhere/holders.csv", "--out", "/nowhere/out"])
    }
}
