// SPDX-License-Identifier: Apache-2.0

extension RandomStream {
    /// Shuffles `elements` in place (Fisher-Yates), each order equally likely.
    ///
    /// - Complexity: O(n).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for remaining in stride(from: elements.count, to: 1, by: -1) {
            elements.swapAt(remaining - 1, integer(below: remaining))
        }
    }

    /// The numbers `0..<count` in random order.
    ///
    /// - Precondition: `count` is not negative.
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        shuffle(&order)
        return order
    }

    /// `count` different numbers of `0..<population` in random order, each choice equally likely.
    ///
    /// - Precondition: `0 <= count <= population`.
    /// - Complexity: O(population) memory and time.
    public mutating func sample(_ count: Int, below population: Int) -> [Int] {
        precondition(
            count >= 0 && count <= population, "a sample of \(count) out of \(population)")
        var numbers = Array(0..<population)
        for index in 0..<count {
            numbers.swapAt(index, index + integer(below: population - index))
        }
        numbers.removeLast(population - count)
        return numbers
    }

    /// `count` numbers of `0..<population` drawn independently, so that a number may repeat.
    ///
    /// - Precondition: `count` is not negative, and `population` is positive unless `count` is 0.
    /// - Complexity: O(count).
    public mutating func sampleWithReplacement(_ count: Int, below population: Int) -> [Int] {
        precondition(count >= 0, "a sample of \(count)")
        return (0..<count).map { _ in integer(below: population) }
    }
}
