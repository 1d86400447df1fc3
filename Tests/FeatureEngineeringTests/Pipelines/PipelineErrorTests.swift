// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing

struct PipelineErrorTests {
    private func table() throws -> Table {
        try Table([
            .numeric("x", [1, nil, 3]), .numeric("gone", [nil, nil, nil]),
            .categorical("c", ["a", nil, "b"]), .categorical("lost", [nil, nil, nil]),
            .text("note", ["p", "q", "r"]), .date("day", [nil, nil, nil]),
            .categorical("class", ["1", "2", "1"]), .numeric("c=a", [1, 2, 3]),
        ])
    }

    @Test(arguments: [
        (
            Pipeline(),
            "column 'note': is text, which no step encodes; exclude it with .exclude(\"note\")"
        ),
        (
            Pipeline(.exclude("note")),
            "column 'day': is date, which no step encodes; exclude it with .exclude(\"day\")"
        ),
        (
            Pipeline(.select("c"), .impute()),
            "column 'c': is categorical, and no step turns it into numbers; add .oneHot() or "
                + "exclude it"
        ),
        (
            Pipeline(.select("x")),
            "row 1, column 'x': the value is missing and no step before replaces it"
        ),
        (
            Pipeline(.select("x"), .standardise()),
            "row 1, column 'x': the value is missing and no step before replaces it"
        ),
        (
            Pipeline(.select("c"), .oneHot()),
            "row 1, column 'c': the value is missing and no step before replaces it"
        ),
        (
            Pipeline(.select("gone"), .impute()),
            "column 'gone': every value is missing in the training rows"
        ),
        (
            Pipeline(.select("gone"), .standardise()),
            "column 'gone': every value is missing in the training rows"
        ),
        (
            Pipeline(.select("gone"), .clip(quantiles: 0.1...0.9)),
            "column 'gone': every value is missing in the training rows"
        ),
        (
            Pipeline(.select("lost"), .impute()),
            "column 'lost': every value is missing in the training rows"
        ),
        (
            Pipeline(.exclude("typo")),
            "column 'typo': there is no such column; there are x, gone, c, lost, note, day, c=a"
        ),
        (
            Pipeline(.select("class")),
            "column 'class': there is no such column; there are x, gone, c, lost, note, day, c=a"
        ),
        (
            Pipeline(.select("x"), .impute(only: ["y"])),
            "column 'y': there is no such column; there are x"
        ),
        (
            Pipeline(.select("c", "x"), .impute(), .standardise(only: ["c"])),
            "column 'c': is not numeric, which the step needs"
        ),
        (
            Pipeline(.select("x"), .impute(), .oneHot(only: ["x"])),
            "column 'x': is not categorical, which the step needs"
        ),
        (
            Pipeline(.select("c", "c=a"), .impute(), .oneHot()),
            "column 'c=a': a step makes a second column of this name"
        ),
        (
            Pipeline(.exclude("x", "gone", "c", "lost", "note", "day", "c=a")),
            "no column is left to make features of"
        ),
        (
            Pipeline(.select("x"), .impute(), .exclude("x")),
            "no feature is left after the last step"
        ),
        (
            Pipeline(.select("x"), .clip(quantiles: 0.5...0.5)),
            "quantiles 0.5 and 0.5 are not ascending in 0...1"
        ),
        (
            Pipeline(.select("x"), .clip(quantiles: -0.1...0.5)),
            "quantiles -0.1 and 0.5 are not ascending in 0...1"
        ),
        (Pipeline(.select([])), "a step's list of columns is empty"),
        (Pipeline(.select("x", "x")), "column 'x': a step's list of columns has it twice"),
    ])
    func recipesThatDoNotFit(recipe: Pipeline, message: String) throws {
        let table = try table()
        let error = #expect(throws: FeatureError.self) {
            try recipe.fit(table, target: "class")
        }
        #expect(error?.message == message)
    }

    @Test func anUnknownTargetIsNamed() throws {
        let error = #expect(throws: FeatureError.self) {
            try Pipeline(.select("x"), .impute()).fit(try table(), target: "Class")
        }
        #expect(error?.code == .unknownColumn && error?.column == "Class")
    }

    @Test func missingValuesThatTrainingDidNotHave() throws {
        let train = try Table([.numeric("x", [1, 2]), .categorical("c", ["a", "b"])])
        let noNumber = try Table([.numeric("x", [1, nil]), .categorical("c", ["a", "a"])])
        let noLevel = try Table([.numeric("x", [1, 2]), .categorical("c", ["a", nil])])
        let plain = try Pipeline(.standardise(), .oneHot()).fit(train)
        let own = try Pipeline(.impute(categorical: .level("none")), .oneHot()).fit(train)
        for (pipeline, table, column) in [
            (plain, noNumber, "x"), (plain, noLevel, "c"), (own, noLevel, "c"),
        ] {
            let batch = #expect(throws: FeatureError.self) { try pipeline.transform(table) }
            let single = #expect(throws: FeatureError.self) { try pipeline.transform(table[1]) }
            #expect(batch?.code == .missingValue && batch?.row == 1 && batch?.column == column)
            #expect(single == batch)
        }
        let imputed = try Pipeline(.impute(), .oneHot()).fit(train)
        #expect(try imputed.transform(noLevel).rowCount == 2)
    }

    @Test func featuresThatOverflowAreRefused() throws {
        let pipeline = try Pipeline(.standardise()).fit(Table([.numeric("x", [0, 1e-3])]))
        let error = #expect(throws: FeatureError.self) {
            try pipeline.transform(Table([.numeric("x", [0, 1e308])]))
        }
        #expect(error?.code == .outOfRange && error?.row == 1 && error?.column == "x")
        let fit = #expect(throws: FeatureError.self) {
            try Pipeline(.standardise()).fit(Table([.numeric("x", [1e300, -1e300])]))
        }
        #expect(fit?.code == .outOfRange && fit?.column == "x")
        let mean = #expect(throws: FeatureError.self) {
            try Pipeline(.impute(.mean)).fit(Table([.numeric("x", [1e308, 1.5e308])]))
        }
        #expect(mean?.code == .outOfRange && mean?.column == "x")
    }
}
