// SPDX-License-Identifier: Apache-2.0

/// The positions of class or group names.
struct ClassIndex {
    private let indices: [String: Int]

    /// - Throws: ``MetricsError`` of code `unknownName` for a name that comes twice, and of code
    ///   `invalidParameter` for fewer than `least` names.
    init(_ names: [String], least: Int = 2) throws(MetricsError) {
        guard names.count >= least else {
            throw MetricsError(
                .invalidParameter, "\(names.count) classes: at least \(least) are needed")
        }
        var indices: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            guard indices.updateValue(index, forKey: name) == nil else {
                throw MetricsError(.unknownName, "class \"\(name)\" comes twice", position: index)
            }
        }
        self.indices = indices
    }

    func index(of name: String, _ kind: String, _ position: Int) throws(MetricsError) -> Int {
        guard let index = indices[name] else {
            throw MetricsError(
                .unknownName, "\(kind) \"\(name)\" at position \(position) is no class",
                position: position)
        }
        return index
    }
}
