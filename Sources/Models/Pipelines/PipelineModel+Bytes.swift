// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering

extension PipelineRecipe: CanonicalContent {
    /// `pipeline-recipe.1`, with the kind of the estimator.
    public static var kind: String { "pipeline-recipe.1(\(Estimator.kind))" }

    /// The canonical bytes of the pipeline and the estimator's hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a recipe and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: CanonicalEncoder.bytes(of: pipeline))
        encoder.encode(bytes: estimator.canonicalBytes)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let pipeline = try decoder.decodeNested(Pipeline.self)
        self.init(pipeline: pipeline, estimator: try decoder.decodeContent())
    }
}

extension PipelineModel: CanonicalContent {
    /// `pipeline-model.1`, with the kinds of the estimator and its model.
    public static var kind: String {
        "pipeline-model.1(\(Estimator.kind),\(Estimator.Model.kind))"
    }

    /// The canonical bytes of the target, the fitted pipeline and the fitted estimator.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks its parts against each other.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(target)
        encoder.encode(bytes: CanonicalEncoder.bytes(of: pipeline))
        encoder.encode(bytes: estimator.canonicalBytes)
        encoder.encode(bytes: model.canonicalBytes)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let target = try decoder.decodeString()
        let pipeline = try decoder.decodeNested(FittedPipeline.self)
        let estimator: Estimator = try decoder.decodeContent()
        let model: Estimator.Model = try decoder.decodeContent()
        guard model.featureNames == pipeline.featureNames else {
            throw decoder.error(
                "a model of \(model.featureNames.count) features behind a pipeline of "
                    + "\(pipeline.featureNames.count), or with other names")
        }
        guard model.classes.count == 2 else {
            throw decoder.error("a model of \(model.classes.count) classes, not 2")
        }
        guard !pipeline.inputs.contains(where: { $0.name == target }) else {
            throw decoder.error("the target '\(target)' is an input of the pipeline")
        }
        self.init(target: target, pipeline: pipeline, estimator: estimator, model: model)
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
