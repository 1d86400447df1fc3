# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/ModelsTests/Golden/multinomial_ordinal.json: softmax and proportional odds.

Needs numpy, scikit-learn and statsmodels. Run from the root of the checkout.
"""

import json
import pathlib

import numpy
import sklearn
import sklearn.linear_model
import statsmodels
import statsmodels.api
import statsmodels.miscmodels.ordinal_model

SEED = 20250305
ROWS = 300
PATH = pathlib.Path("Tests/ModelsTests/Golden/multinomial_ordinal.json")


def sample():
    generator = numpy.random.default_rng(SEED)
    x = numpy.column_stack([
        generator.normal(40, 10, ROWS), generator.normal(0, 1, ROWS),
        generator.integers(0, 2, ROWS).astype(float)])
    score = 0.06 * (x[:, 0] - 40) - 0.8 * x[:, 1] + 0.5 * x[:, 2] + generator.logistic(size=ROWS)
    levels = numpy.digitize(score, [-1.6, -0.4, 0.7, 1.9])
    logits = numpy.column_stack([
        numpy.zeros(ROWS), 0.03 * (x[:, 0] - 40) + 0.7 * x[:, 1], 0.4 - 0.9 * x[:, 2]])
    shares = numpy.exp(logits) / numpy.exp(logits).sum(1, keepdims=True)
    kinds = (generator.random(ROWS)[:, None] > shares.cumsum(1)).sum(1)
    return x, levels, kinds


def ordinal(x, levels):
    """statsmodels' estimate, polished by Newton steps on its own log-likelihood."""
    model = statsmodels.miscmodels.ordinal_model.OrderedModel(levels, x, distr="logit")
    fit = model.fit(method="bfgs", disp=0, maxiter=2000, gtol=1e-9)
    params = fit.params
    for _ in range(3):
        params = params - numpy.linalg.solve(model.hessian(params), model.score(params))
    thresholds = model.transform_threshold_params(params)[1:-1]
    covariance = numpy.linalg.inv(-model.hessian(params))
    return {
        "thresholds": thresholds.tolist(),
        "coefficients": params[:x.shape[1]].tolist(),
        "standardErrors": numpy.sqrt(numpy.diag(covariance))[:x.shape[1]].tolist(),
        "logLikelihood": model.loglike(params), "nullLogLikelihood": fit.llnull,
        "probabilities": model.predict(params, exog=x[:5]).tolist(),
    }


def main():
    x, levels, kinds = sample()
    fit = statsmodels.api.MNLogit(kinds, statsmodels.api.add_constant(x)).fit(
        method="newton", tol=1e-14, maxiter=50, disp=0)
    ridge = sklearn.linear_model.LogisticRegression(
        C=0.05, solver="newton-cg", tol=1e-12, max_iter=10000).fit(x, kinds)
    value = {
        "source": (
            f"statsmodels {statsmodels.__version__} MNLogit and OrderedModel, scikit-learn "
            f"{sklearn.__version__} newton-cg, numpy {numpy.__version__}"),
        "seed": SEED,
        "features": x.tolist(),
        "levels": levels.tolist(),
        "kinds": kinds.tolist(),
        "multinomial": {
            "parameters": fit.params.T.tolist(), "standardErrors": fit.bse.T.tolist(),
            "logLikelihood": fit.llf, "nullLogLikelihood": fit.llnull, "aic": fit.aic,
            "bic": fit.bic, "likelihoodRatioP": float(fit.llr_pvalue),
        },
        "ridge": {
            "C": 0.05, "intercepts": ridge.intercept_.tolist(),
            "coefficients": ridge.coef_.tolist(),
            "probabilities": ridge.predict_proba(x[:5]).tolist(),
        },
        "ordinal": ordinal(x, levels),
    }
    PATH.write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
