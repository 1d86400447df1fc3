// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import _ExampleTestSupport

/// The executable itself: exit status, standard error, and what it leaves behind.
@Suite struct CommandTests {
    private let program = Program("CreditNetwork")

    @Test func `Bad data ends with status 1 and one line that names the place`() throws {
        try withTemporaryFolder { folder in
            let data = folder.appending(path: "bad.data")
            let line =
                "A11 6 A34 A43 1169 A65 A75 4 A93 A101 4 A121 67 A143 A152 2 A173 1 A192 A201"
            try Data("\(line) 1\n\(line) 3\n".utf8).write(to: data)
            let out = folder.appending(path: "out")
            let error = try program.expectError(["--data", data.path, "--out", out.path])
            #expect(error.hasPrefix("bad.data, line 2, record 2, column 'class': "))
            #expect(error.contains("'3'"))
            #expect(!FileManager.default.fileExists(atPath: out.path))
        }
    }

    @Test func `Help names every option`() throws {
        try program.expectHelp(naming: ["--data", "--risk-data", "--out", "--seed"])
    }
}
