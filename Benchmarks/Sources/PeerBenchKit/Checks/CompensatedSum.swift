// SPDX-License-Identifier: Apache-2.0

/// The sum with Neumaier's compensation, as if summed in twice the precision.
package func compensatedSum(_ terms: some Sequence<Double>) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for term in terms {
        let next = sum + term
        lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
        sum = next
    }
    return sum + lost
}
