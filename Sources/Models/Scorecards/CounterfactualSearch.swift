// SPDX-License-Identifier: Apache-2.0

/// The exact search for the fewest changes with enough gain.
///
/// It is a knapsack solved by dynamic programming: for every number of changes and of steps, the
/// largest gain that the first variables can have.
struct CounterfactualSearch {
    /// One other bin of a variable.
    struct Option {
        let bin: Int
        let gain: Double
        let steps: Int
    }

    private struct State: Hashable {
        var changes: Int
        var steps: Int
    }

    private let options: [[Option]]

    /// - Parameter options: the bins with better points of each variable.
    init(_ options: [[Option]]) { self.options = options }

    /// The option of each variable, `nil` where it stays; `nil` if no options gain `required`.
    func best(reaching required: Double) -> [Option?]? {
        var layers: [[State: Double]] = [[State(changes: 0, steps: 0): 0]]
        for options in options {
            var next = layers[layers.count - 1]
            for (state, gain) in layers[layers.count - 1] {
                for option in options {
                    let reached = State(
                        changes: state.changes + 1, steps: state.steps + option.steps)
                    next[reached] = max(next[reached] ?? 0, gain + option.gain)
                }
            }
            layers.append(next)
        }
        let enough = layers[options.count].filter { $0.value >= required }.keys
        guard
            var state = enough.min(by: { ($0.changes, $0.steps) < ($1.changes, $1.steps) })
        else { return nil }
        var chosen: [Option?] = []
        for index in options.indices.reversed() {
            let gain = layers[index + 1][state] ?? 0
            if layers[index][state] == gain {
                chosen.append(nil)
                continue
            }
            // One of the options led here, with these very bits.
            let option = options[index].first { option in
                let before = State(
                    changes: state.changes - 1, steps: state.steps - option.steps)
                return layers[index][before].map { $0 + option.gain == gain } ?? false
            }
            chosen.append(option)
            state.changes -= option == nil ? 0 : 1
            state.steps -= option?.steps ?? 0
        }
        return chosen.reversed()
    }
}
