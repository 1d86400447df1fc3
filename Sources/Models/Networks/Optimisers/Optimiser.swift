// SPDX-License-Identifier: Apache-2.0

/// How a network's parameters follow the gradient of the loss.
///
/// The rules are those of PyTorch's `torch.optim`, without Nesterov's dampening
/// and without AMSGrad. Weight decay applies to weights only, not to offsets and
/// to the scales of normalisations.
public struct Optimiser: Codable, Hashable, Sendable {
    /// A rule; `g` is the gradient plus `weightDecay` times the parameter.
    public enum Rule: Codable, Hashable, Sendable {
        /// `v = momentum v + g`, and a step against `v`, or `g + momentum v` where Nesterov's.
        ///
        /// Y. Nesterov, "A method of solving a convex programming problem with convergence rate
        /// O(1/k²)" (1983), in the form of I. Sutskever et al., ICML 2013.
        case gradientDescent(momentum: Double, isNesterov: Bool)
        /// Means of `g` and of its square, both corrected for their start at 0.
        ///
        /// D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization" (2014),
        /// arXiv:1412.6980.
        case adam(beta1: Double, beta2: Double, epsilon: Double)
        /// Adam whose weight decay shrinks the weights themselves and is no part of `g`.
        ///
        /// I. Loshchilov and F. Hutter, "Decoupled weight decay regularization" (2017),
        /// arXiv:1711.05101.
        case adamW(beta1: Double, beta2: Double, epsilon: Double)
        /// `g` over the root of the mean of its square.
        ///
        /// T. Tieleman and G. Hinton, "Lecture 6.5: RMSProp", Coursera (2012).
        case rmsProp(smoothing: Double, epsilon: Double, momentum: Double)
    }

    /// The rule.
    public var rule: Rule

    /// The length of a step before the schedule's factor; above 0.
    public var learningRate: Double

    /// The factor of the weights in the gradient, at least 0.
    ///
    /// Half of it times the sum of the weights' squares is added to the mean loss. In
    /// ``Rule/adamW(beta1:beta2:epsilon:)`` every step takes `learningRate * weightDecay` of a
    /// weight away instead.
    public var weightDecay: Double

    /// An optimiser; its values are checked by the recipe that holds it.
    public init(_ rule: Rule, learningRate: Double, weightDecay: Double = 0) {
        self.rule = rule
        self.learningRate = learningRate
        self.weightDecay = weightDecay
    }

    /// Gradient descent, with momentum where it is not 0.
    public static func gradientDescent(
        learningRate: Double, momentum: Double = 0, isNesterov: Bool = false,
        weightDecay: Double = 0
    ) -> Optimiser {
        Optimiser(
            .gradientDescent(momentum: momentum, isNesterov: isNesterov),
            learningRate: learningRate, weightDecay: weightDecay)
    }

    /// Adam.
    public static func adam(
        learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, weightDecay: Double = 0
    ) -> Optimiser {
        Optimiser(
            .adam(beta1: beta1, beta2: beta2, epsilon: epsilon), learningRate: learningRate,
            weightDecay: weightDecay)
    }

    /// Adam with decoupled weight decay.
    public static func adamW(
        learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, weightDecay: Double = 0.01
    ) -> Optimiser {
        Optimiser(
            .adamW(beta1: beta1, beta2: beta2, epsilon: epsilon), learningRate: learningRate,
            weightDecay: weightDecay)
    }

    /// RMSProp, with momentum where it is not 0.
    public static func rmsProp(
        learningRate: Double = 0.01, smoothing: Double = 0.99, epsilon: Double = 1e-8,
        momentum: Double = 0, weightDecay: Double = 0
    ) -> Optimiser {
        Optimiser(
            .rmsProp(smoothing: smoothing, epsilon: epsilon, momentum: momentum),
            learningRate: learningRate, weightDecay: weightDecay)
    }

    /// Checks the values.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        func require(
            _ holds: Bool, _ name: String, _ value: Double, _ range: String
        ) throws(ModelError) {
            guard holds else {
                throw ModelError(.invalidRecipe, "the \(name) is \(value), not \(range)")
            }
        }
        func requireFraction(_ value: Double, _ name: String) throws(ModelError) {
            try require(value >= 0 && value < 1, name, value, "in 0..<1")
        }
        try require(
            learningRate > 0 && learningRate.isFinite, "learning rate", learningRate, "above 0")
        try require(
            weightDecay >= 0 && weightDecay.isFinite, "weight decay", weightDecay, "at least 0")
        switch rule {
        case .gradientDescent(let momentum, _): try requireFraction(momentum, "momentum")
        case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
            try requireFraction(beta1, "first beta")
            try requireFraction(beta2, "second beta")
            try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, "above 0")
        case .rmsProp(let smoothing, let epsilon, let momentum):
            try requireFraction(smoothing, "smoothing")
            try requireFraction(momentum, "momentum")
            try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, "above 0")
        }
    }
}
