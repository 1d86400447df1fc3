// SPDX-License-Identifier: Apache-2.0

extension TreeEnsemble {
    /// A tree in words: a line for each branch, indented by depth, and one for each leaf.
    ///
    /// - Precondition: there is a tree of this number.
    public func rules(ofTree tree: Int) -> String {
        let nodes = nodes(ofTree: tree)
        var lines: [String] = []
        func describe(_ index: Int, _ depth: Int) {
            let node = nodes[index]
            let indent = String(repeating: "|   ", count: depth)
            guard let split = node.split else {
                lines.append("\(indent)value \(node.values), weight \(node.cover)")
                return
            }
            let (left, right): (String, String)
            switch split {
            case .threshold(let feature, let limit):
                (left, right) = ("\(feature) <= \(limit)", "\(feature) > \(limit)")
            case .levels(let feature, let set):
                let names = set.sorted().map { "\($0)" }.joined(separator: ", ")
                (left, right) = ("\(feature) in {\(names)}", "\(feature) not in {\(names)}")
            }
            let missing = takesMissing ? " or missing" : ""
            lines.append("\(indent)\(left)\(node.missingGoesLeft ? missing : "")")
            describe(node.leftChild, depth + 1)
            lines.append("\(indent)\(right)\(node.missingGoesLeft ? "" : missing)")
            describe(node.leftChild + 1, depth + 1)
        }
        describe(0, 0)
        return lines.joined(separator: "\n")
    }
}
