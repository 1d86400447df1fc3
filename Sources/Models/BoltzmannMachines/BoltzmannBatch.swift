// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// The room for the states of one batch.
struct BoltzmannBatch {
    /// Rows of the data.
    let visible: UnitRows

    /// The probabilities of the hidden units by the data.
    let hidden: UnitRows

    /// Hidden states, which chains go on from.
    let states: UnitRows

    /// Visible states of the negative phase.
    let drawn: UnitRows

    /// The probabilities of the hidden units by these.
    let drawnHidden: UnitRows

    /// Probabilities that visible states were drawn by.
    let room: UnitRows

    /// The weights of the rows, their mean over the data being 1; `nil` for equal ones.
    let factors: UnitRows?

    /// The rows of the data and those of the negative phase times their weights.
    let weighted: (visible: UnitRows, drawn: UnitRows)?

    /// What drives the visible units in both phases; kept where deviations are learned.
    let drives: (data: UnitRows, drawn: UnitRows)?

    init(
        size: Int, visible visibleCount: Int, hidden hiddenCount: Int, isWeighted: Bool,
        learnsDeviations: Bool
    ) {
        func rows(_ columns: Int) -> UnitRows { UnitRows(rowCount: size, columnCount: columns) }
        visible = rows(visibleCount)
        hidden = rows(hiddenCount)
        states = rows(hiddenCount)
        drawn = rows(visibleCount)
        drawnHidden = rows(hiddenCount)
        room = rows(visibleCount)
        factors = isWeighted ? UnitRows(rowCount: 1, columnCount: size) : nil
        weighted = isWeighted ? (rows(visibleCount), rows(visibleCount)) : nil
        drives = learnsDeviations ? (rows(visibleCount), rows(visibleCount)) : nil
    }
}
