// SPDX-License-Identifier: Apache-2.0

/// A computation graph in the format of ONNX, in double precision.
///
/// Reference: Open Neural Network Exchange, onnx.proto3, IR version 8, operator sets 15 and
/// ai.onnx.ml 2, or 5 for a graph with trees.
struct ONNXGraph {
    /// The type of the elements of a tensor, by its number in the format.
    enum Element: Int {
        case byte = 2
        case int64 = 7
        case string = 8
        case bool = 9
        case double = 11
    }

    /// The value of an attribute of a node.
    enum Attribute {
        case int(Int)
        case ints([Int])
        case strings([String])
        /// A tensor of one dimension.
        case numbers([Double])
        case bytes([UInt8])
    }

    private static let machineLearningDomain = "ai.onnx.ml"

    let name: String
    /// The version of the operator set for machine learning.
    var machineLearningVersion = 2
    private var inputs: [(String, Element, Int)] = []
    private var outputs: [(name: String, element: Element, columns: Int?, isStepwise: Bool)] = []
    private var nodes: [[UInt8]] = []
    private var constants: [[UInt8]] = []
    private var count = 0
    private var sequenceInputs: [(String, Int)] = []

    init(name: String) { self.name = name }

    /// Refuses columns whose names the graph has for values of its own.
    ///
    /// - Throws: ``ModelError`` with code `features`.
    static func check(_ names: [String]) throws(ModelError) {
        for name in names
        where ["", "probabilities", "label", "score"].contains(name) || name.hasPrefix("value:") {
            throw ModelError(
                .features, "the column '\(name)' is called like a value of an ONNX graph")
        }
    }

    /// An input of (rows x columns), under its own name.
    mutating func input(_ name: String, _ element: Element, columns: Int) -> String {
        inputs.append((name, element, columns))
        return name
    }

    /// An input of (steps x rows x columns), padded behind the last steps, in double precision.
    mutating func sequenceInput(_ name: String, columns: Int) -> String {
        sequenceInputs.append((name, columns))
        return name
    }

    /// A recurrent layer over float values: its outputs (steps x directions x rows x hidden), and
    /// those behind the last step of each direction (directions x rows x hidden).
    mutating func recurrent(
        _ operation: String, _ inputs: [String], hidden: Int, isBidirectional: Bool
    ) -> (all: String, last: String) {
        let (all, last) = (newName(), newName())
        var node = ProtobufWriter()
        for input in inputs { node.write(1, input) }
        node.write(2, all)
        node.write(2, last)
        node.write(4, operation)
        func attribute(_ name: String, _ value: Int) {
            node.write(5) { attribute in
                attribute.write(1, name)
                attribute.write(3, value)
                attribute.write(20, 2)
            }
        }
        attribute("hidden_size", hidden)
        if operation == "GRU" { attribute("linear_before_reset", 1) }
        node.write(5) { attribute in
            attribute.write(1, "direction")
            attribute.write(4, isBidirectional ? "bidirectional" : "forward")
            attribute.write(20, 3)
        }
        nodes.append(node.bytes)
        return (all, last)
    }

    /// Makes a value an output, (rows x columns) or (rows), with the steps before the rows where
    /// there is one for each.
    mutating func output(
        _ name: String, _ value: String, _ element: Element, columns: Int?,
        isStepwise: Bool = false
    ) {
        outputs.append((name, element, columns, isStepwise))
        add("Identity", [value], to: name)
    }

    /// The result of an operator.
    mutating func node(
        _ operation: String, _ inputs: [String], _ attributes: [(String, Attribute)] = [],
        isMachineLearning: Bool = false
    ) -> String {
        let result = newName()
        add(operation, inputs, to: result, attributes, isMachineLearning)
        return result
    }

    /// Numbers of the shape `dimensions`.
    mutating func constant(_ values: [Double], _ dimensions: [Int]) -> String {
        constant(.double, dimensions) { writer in
            writer.write(9, bytes: values.flatMap { Self.littleEndian($0.bitPattern) })
        }
    }

    mutating func constant(_ values: [Int], _ dimensions: [Int]) -> String {
        constant(.int64, dimensions) { writer in
            writer.write(
                9, bytes: values.flatMap { Self.littleEndian(UInt64(bitPattern: Int64($0))) })
        }
    }

    mutating func constant(_ values: [String], _ dimensions: [Int]) -> String {
        constant(.string, dimensions) { writer in
            for value in values { writer.write(6, value) }
        }
    }

    /// The bytes of a model with this graph.
    func bytes(metadata: [(String, String)]) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.write(1, 8)
        writer.write(2, "swift-credit")
        writer.write(7) { graph in
            for node in nodes { graph.write(1, bytes: node) }
            graph.write(2, name)
            for constant in constants { graph.write(5, bytes: constant) }
            for (name, element, columns) in inputs {
                graph.write(11) {
                    Self.write(name, element, columns, isStepwise: false, to: &$0)
                }
            }
            for (name, columns) in sequenceInputs {
                graph.write(11) {
                    Self.write(name, .double, columns, isStepwise: true, to: &$0)
                }
            }
            for output in outputs {
                graph.write(12) {
                    Self.write(
                        output.name, output.element, output.columns,
                        isStepwise: output.isStepwise, to: &$0)
                }
            }
        }
        for (domain, version) in [
            ("", 15), (Self.machineLearningDomain, machineLearningVersion),
        ] {
            writer.write(8) { set in
                set.write(1, domain)
                set.write(2, version)
            }
        }
        for (key, value) in metadata {
            writer.write(14) { entry in
                entry.write(1, key)
                entry.write(2, value)
            }
        }
        return writer.bytes
    }

    private mutating func newName() -> String {
        count += 1
        return "value:\(count)"
    }

    private mutating func add(
        _ operation: String, _ inputs: [String], to output: String,
        _ attributes: [(String, Attribute)] = [], _ isMachineLearning: Bool = false
    ) {
        var node = ProtobufWriter()
        for input in inputs { node.write(1, input) }
        node.write(2, output)
        node.write(4, operation)
        for (name, value) in attributes {
            node.write(5) { attribute in
                attribute.write(1, name)
                switch value {
                case .int(let value):
                    attribute.write(3, value)
                    attribute.write(20, 2)
                case .ints(let values):
                    for value in values { attribute.write(8, value) }
                    attribute.write(20, 7)
                case .strings(let values):
                    for value in values { attribute.write(9, value) }
                    attribute.write(20, 8)
                case .numbers(let values):
                    let bytes = values.flatMap { Self.littleEndian($0.bitPattern) }
                    attribute.write(5) { Self.write(.double, values.count, bytes, to: &$0) }
                    attribute.write(20, 4)
                case .bytes(let values):
                    attribute.write(5) { Self.write(.byte, values.count, values, to: &$0) }
                    attribute.write(20, 4)
                }
            }
        }
        if isMachineLearning { node.write(7, Self.machineLearningDomain) }
        nodes.append(node.bytes)
    }

    private mutating func constant(
        _ element: Element, _ dimensions: [Int], _ body: (inout ProtobufWriter) -> Void
    ) -> String {
        let name = newName()
        var tensor = ProtobufWriter()
        for dimension in dimensions { tensor.write(1, dimension) }
        tensor.write(2, element.rawValue)
        body(&tensor)
        tensor.write(8, name)
        constants.append(tensor.bytes)
        return name
    }

    private static func write(
        _ name: String, _ element: Element, _ columns: Int?, isStepwise: Bool,
        to writer: inout ProtobufWriter
    ) {
        writer.write(1, name)
        writer.write(2) { type in
            type.write(1) { tensor in
                tensor.write(1, element.rawValue)
                tensor.write(2) { shape in
                    if isStepwise { shape.write(1) { $0.write(2, "steps") } }
                    shape.write(1) { $0.write(2, "rows") }
                    if let columns { shape.write(1) { $0.write(1, columns) } }
                }
            }
        }
    }

    private static func write(
        _ element: Element, _ count: Int, _ bytes: [UInt8], to tensor: inout ProtobufWriter
    ) {
        tensor.write(1, count)
        tensor.write(2, element.rawValue)
        tensor.write(9, bytes: bytes)
    }

    private static func littleEndian(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

extension ONNXGraph {
    /// `scores + intercepts`, where the scores are products with coefficients (features x columns).
    mutating func linear(
        _ features: String, _ coefficients: [Double], rows: Int, columns: Int,
        _ intercepts: [Double]
    ) -> String {
        let product = node("MatMul", [features, constant(coefficients, [rows, columns])])
        return node("Add", [product, constant(intercepts, [1, columns])])
    }

    /// Both class probabilities from the positive one's log-odds, (rows x 1),
    /// or from those of every step.
    mutating func binaryProbabilities(_ logOdds: String, isStepwise: Bool = false) -> String {
        let positive = node("Sigmoid", [logOdds])
        let negative = node("Sub", [constant([1.0], [1, 1]), positive])
        return node("Concat", [negative, positive], [("axis", .int(isStepwise ? 2 : 1))])
    }

    /// The outputs of a classifier: `probabilities` (rows x classes) and `label` (rows), with the
    /// steps before the rows where there is one for each.
    mutating func classify(
        _ probabilities: String, _ classes: [String], isStepwise: Bool = false
    ) {
        output(
            "probabilities", probabilities, .double, columns: classes.count,
            isStepwise: isStepwise)
        let axis = isStepwise ? 2 : 1
        let best = node("ArgMax", [probabilities], [("axis", .int(axis)), ("keepdims", .int(0))])
        let label = node("Gather", [constant(classes, [classes.count]), best])
        output("label", label, .string, columns: nil, isStepwise: isStepwise)
    }
}

/// The names of the features, one a line, and the digest of a model.
func metadata(_ features: [String], of model: some ModelFileContent) -> [(String, String)] {
    [("features", features.joined(separator: "\n")), ("digest", model.digest.description)]
}
