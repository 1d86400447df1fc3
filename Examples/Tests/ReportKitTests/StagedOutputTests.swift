// SPDX-License-Identifier: Apache-2.0

import Foundation
import ReportKit
import Testing
import _ExampleTestSupport

@Suite struct StagedOutputTests {
    private struct Failure: Error {}

    @Test func `Files appear at the end, over their predecessors and without old journals`() throws
    {
        try withTemporaryFolder { folder in
            try Data("old".utf8).write(to: folder.appending(path: "chain.sqlite"))
            try Data("old".utf8).write(to: folder.appending(path: "chain.sqlite-wal"))
            try Data("mine".utf8).write(to: folder.appending(path: "notes.txt"))
            try StagedOutput.into(folder) { staging in
                try Data("new".utf8).write(to: staging.appending(path: "chain.sqlite"))
                #expect(
                    try Data(contentsOf: folder.appending(path: "chain.sqlite")) == Data("old".utf8)
                )
            }
            #expect(try names(in: folder) == ["chain.sqlite", "notes.txt"])
            #expect(
                try Data(contentsOf: folder.appending(path: "chain.sqlite")) == Data("new".utf8))
        }
    }

    @Test func `A failure leaves earlier results as they are`() throws {
        try withTemporaryFolder { folder in
            try Data("old".utf8).write(to: folder.appending(path: "report.html"))
            #expect(throws: Failure.self) {
                try StagedOutput.into(folder) { staging in
                    try Data("new".utf8).write(to: staging.appending(path: "report.html"))
                    throw Failure()
                }
            }
            #expect(try names(in: folder) == ["report.html"])
            #expect(try Data(contentsOf: folder.appending(path: "report.html")) == Data("old".utf8))
        }
    }

    @Test func `A failure leaves no folder that was not there`() throws {
        try withTemporaryFolder { parent in
            #expect(throws: Failure.self) {
                try StagedOutput.into(parent.appending(path: "out")) { _ in throw Failure() }
            }
            let left = try names(in: parent)
            #expect(left.isEmpty)
        }
    }

    @Test func `A file is no folder`() throws {
        try withTemporaryFolder { parent in
            let file = parent.appending(path: "out")
            try Data("mine".utf8).write(to: file)
            let error = #expect(throws: OutputError.self) {
                try StagedOutput.into(file) { _ in Issue.record("the body ran") }
            }
            #expect(error?.message == "\(file.path) is a file; the results need a folder")
            #expect(try Data(contentsOf: file) == Data("mine".utf8))
        }
    }
}
