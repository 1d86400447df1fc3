// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// The parameters of a machine as the kernels read them, and the passes over its units.
///
/// Every pass works on `count` rows from `first` on; rows do not influence each other.
struct BoltzmannUnits {
    /// Visible x hidden.
    let weights: UnitRows

    /// Hidden units with their padding x visible.
    let transposed: UnitRows

    let visibleBiases: UnitRows
    let hiddenBiases: UnitRows
    let isGaussian: Bool

    init(visible: Int, hidden: Int, isGaussian: Bool) {
        weights = UnitRows(rowCount: visible, columnCount: hidden)
        transposed = UnitRows(rowCount: weights.stride, columnCount: visible)
        visibleBiases = UnitRows(rowCount: 1, columnCount: visible)
        hiddenBiases = UnitRows(rowCount: 1, columnCount: hidden)
        self.isGaussian = isGaussian
    }

    init(_ model: RestrictedBoltzmannModel) {
        weights = UnitRows(model.weights)
        transposed = UnitRows(rowCount: weights.stride, columnCount: model.visibleCount)
        weights.transpose(into: transposed)
        visibleBiases = UnitRows(model.visibleBiases.elements)
        hiddenBiases = UnitRows(model.hiddenBiases.elements)
        isGaussian = model.recipe.visibleUnits.isGaussian
    }

    /// What drives the hidden units.
    func driveHidden(_ visible: UnitRows, _ first: Int, _ count: Int, into output: UnitRows) {
        credit_ordered_product_f32(
            count, output.stride, visible.columnCount, visible[first], visible.stride,
            weights.values, hiddenBiases.values, output[first])
    }

    /// What drives the visible units.
    func driveVisible(_ hidden: UnitRows, _ first: Int, _ count: Int, into output: UnitRows) {
        credit_ordered_product_f32(
            count, output.stride, hidden.columnCount, hidden[first], hidden.stride,
            transposed.values, visibleBiases.values, output[first])
    }

    /// The probabilities of hidden units that are on, and states drawn by them.
    func hiddenProbabilities(
        of visible: UnitRows, _ first: Int, _ count: Int, into output: UnitRows,
        states: UnitRows? = nil, place: credit_random_place = credit_random_place()
    ) {
        driveHidden(visible, first, count, into: output)
        credit_unit_states(
            count, output.columnCount, output.stride, place, first, output[first],
            states?[first])
    }

    /// States of visible units, which `room` is needed for.
    func drawVisible(
        by hidden: UnitRows, _ first: Int, _ count: Int, into output: UnitRows, room: UnitRows,
        place: credit_random_place
    ) {
        if isGaussian {
            driveVisible(hidden, first, count, into: output)
            credit_unit_normals(
                count, output.columnCount, output.stride, place, first, output[first])
        } else {
            driveVisible(hidden, first, count, into: room)
            credit_unit_states(
                count, room.columnCount, room.stride, place, first, room[first], output[first])
        }
    }

    /// The means of visible units.
    func visibleMeans(
        of hidden: UnitRows, _ first: Int, _ count: Int, into output: UnitRows
    ) {
        driveVisible(hidden, first, count, into: output)
        guard !isGaussian else { return }
        credit_unit_states(
            count, output.columnCount, output.stride, credit_random_place(), first,
            output[first], nil)
    }

    /// `k` Gibbs steps from hidden states, which follow them, to visible states and the
    /// probabilities of the hidden units by these.
    func walk(
        _ steps: Int, hidden: UnitRows, visible: UnitRows, probabilities: UnitRows,
        room: UnitRows, _ first: Int, _ count: Int, place: credit_random_place
    ) {
        var place = place
        for _ in 0..<steps {
            drawVisible(by: hidden, first, count, into: visible, room: room, place: place)
            place.step += 1
            hiddenProbabilities(
                of: visible, first, count, into: probabilities, states: hidden, place: place)
            place.step += 1
        }
    }

    /// The fewest rows that pay for a second thread: those of some fifteen microseconds.
    var threadedRows: Int {
        let (visible, hidden) = (visibleBiases.stride, hiddenBiases.stride)
        return max(16, 15_000 / (visible * hidden / 20 + visible + 2 * hidden))
    }
}
