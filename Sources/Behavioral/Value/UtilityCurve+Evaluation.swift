// SPDX-License-Identifier: Apache-2.0

import RealModule

extension UtilityCurve {
    /// The size up to which the curve rises; infinite for all but the quadratic.
    public var largestSize: Double {
        if case .quadratic(let rate) = form { 1 / rate } else { .infinity }
    }

    /// What no size exceeds: a bound that the quadratic reaches and the others approach.
    public var supremum: Double {
        switch form {
        case .power, .logarithmic: .infinity
        case .exponential(let rate): rate > 0 ? 1 / rate : .infinity
        case .quadratic(let rate): 1 / (2 * rate)
        case .expoPower(let rate, _): 1 / rate
        }
    }

    /// The exponent r of `u(x) ~ x^r` near 0.
    var orderAtZero: Double {
        switch form {
        case .power(let exponent), .expoPower(_, let exponent): exponent
        case .exponential, .logarithmic, .quadratic: 1
        }
    }

    /// `u(size)` for a size in `0...largestSize`.
    func value(_ size: Double) -> Double {
        switch form {
        case .power(let exponent): Double.pow(size, exponent)
        case .exponential(let rate): -Double.expMinusOne(-rate * size) / rate
        case .logarithmic(let rate): Double.log(onePlus: rate * size) / rate
        case .quadratic(let rate): size * (1 - rate * size / 2)
        case .expoPower(let rate, let exponent):
            -Double.expMinusOne(-rate * Double.pow(size, exponent)) / rate
        }
    }

    /// `u'(size)` for a size in `0...largestSize`; at 0 the limit, which may be infinite or 0.
    func derivative(_ size: Double) -> Double {
        switch form {
        case .power(let exponent): exponent * Double.pow(size, exponent - 1)
        case .exponential(let rate): Double.exp(-rate * size)
        case .logarithmic(let rate): 1 / (1 + rate * size)
        case .quadratic(let rate): 1 - rate * size
        case .expoPower(let rate, let exponent):
            exponent * Double.pow(size, exponent - 1)
                * Double.exp(-rate * Double.pow(size, exponent))
        }
    }

    /// The size with `u(size) = value` for a value from 0 to below ``supremum`` (the quadratic: up
    /// to it); infinite where no double holds it.
    func inverse(_ value: Double) -> Double {
        switch form {
        case .power(let exponent): Double.pow(value, 1 / exponent)
        case .exponential(let rate): -Double.log(onePlus: -rate * value) / rate
        case .logarithmic(let rate): Double.expMinusOne(rate * value) / rate
        case .quadratic(let rate): 2 * value / (1 + max(0, 1 - 2 * rate * value).squareRoot())
        case .expoPower(let rate, let exponent):
            Double.pow(-Double.log(onePlus: -rate * value) / rate, 1 / exponent)
        }
    }
}
