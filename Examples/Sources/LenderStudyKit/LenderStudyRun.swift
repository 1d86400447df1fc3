// SPDX-License-Identifier: Apache-2.0

public import Behavioral
public import Foundation
import ReportKit

/// One run of the study: paper 004 recomputed, and preferences recovered from simulated choices.
public struct LenderStudyRun: Sendable {
    /// The folder for `Papers/ProspectTheory.md` and `Figures/prospect-*.svg`.
    public var output: URL
    /// How often choices are simulated and fitted; positive.
    public var recoveryRuns: Int
    /// How many choices are made in each; positive.
    public var choicesPerRun: Int
    /// The seed of the simulated choices.
    public var seed: UInt64

    /// Describes a run.
    public init(
        output: URL, recoveryRuns: Int = 500, choicesPerRun: Int = 1000, seed: UInt64 = 20_241_121
    ) {
        self.output = output
        self.recoveryRuns = recoveryRuns
        self.choicesPerRun = choicesPerRun
        self.seed = seed
    }

    /// The study of recovery at Glöckner and Pachur's medians of the first session.
    ///
    /// - Throws: `BehavioralError` for numbers of runs or choices that are not positive.
    public func recoveryStudy() throws(BehavioralError) -> RecoveryStudy {
        let agent = try ChoiceAgent(
            model: PreferenceModel(hasEqualCurvature: true),
            values: [
                .gainCurvature: 0.74, .lossAversion: 1.27, .gainWeighting: 0.61,
                .lossWeighting: 0.89, .sensitivity: 0.06,
            ])
        return try RecoveryStudy(
            agent: agent, choicesPerRun: choicesPerRun, runs: recoveryRuns, largestOutcome: 1000,
            seed: seed)
    }

    /// Computes everything and writes the page and its pictures.
    ///
    /// - Parameter progress: Hears the share that is done, and what is being done.
    /// - Returns: A line for the terminal.
    /// - Throws: `BehavioralError` for numbers that are not positive; `GnuplotError` without
    ///   gnuplot; `OutputError` when the folder cannot be written.
    public func run(progress: (Double, String) -> Void) throws -> String {
        let study = try recoveryStudy()
        let recovery = try withoutActuallyEscaping(progress) { progress in
            try study.run { done in
                progress(Double(done) / Double(recoveryRuns), "recovery of preferences")
            }
        }
        let page = try StudyPage(recovery: recovery, choicesPerRun: choicesPerRun, seed: seed)
            .markdown()
        guard let gnuplot = Gnuplot.find() else { throw LenderStudyError() }
        let charts = try StudyCharts.all().map { name, chart in
            (name: name, drawing: try gnuplot.drawFile(chart))
        }
        try StagedOutput.into(output.appending(path: "Figures")) { folder in
            for chart in charts {
                try Data(chart.drawing.utf8).write(to: folder.appending(path: "\(chart.name).svg"))
            }
        }
        try StagedOutput.into(output.appending(path: "Papers")) { folder in
            try Data(page.utf8).write(to: folder.appending(path: "ProspectTheory.md"))
        }
        let coverage = recovery.parameters.map { String(format: "%.3f", $0.coverage) }
        return "wrote Papers/ProspectTheory.md and \(charts.count) figures; coverage "
            + coverage.joined(separator: " ")
    }
}

/// The pictures cannot be drawn without gnuplot.
public struct LenderStudyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What to do.
    public var description: String { "gnuplot was not found; install it to draw the figures" }
}
