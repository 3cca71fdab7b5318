"""Writes performance.json: what scikit-learn says of labelled predictions and of counts in bins.

The file here was made by scikit-learn 1.9.1. Run in this directory: python3 performance.py

The standard errors are those of the infinitesimal jackknife: the derivative of each metric by the
weight of each row, taken numerically from scikit-learn's own weighted metrics.
"""

import json
import random

import numpy as np
from sklearn import metrics as m
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression

rng = random.Random(20260801)
STEP = 1e-4


def error(metric, n):
    influence = []
    for i in range(n):
        w = np.ones(n)
        w[i] = 1 + STEP
        above = metric(w)
        w[i] = 1 - STEP
        influence.append(n * (above - metric(w)) / (2 * STEP))
    return float(np.sqrt(np.sum(np.square(influence))) / n)


def both(metric, n):
    return {"value": float(metric(np.ones(n))), "error": error(metric, n)}


def regression(n):
    actual = [round(rng.gauss(100, 30), 3) for _ in range(n)]
    predicted = [round(a + rng.gauss(2, 12), 3) for a in actual]
    return {
        "actual": actual,
        "predicted": predicted,
        "metrics": {
            "rmse": both(lambda w: m.mean_squared_error(actual, predicted, sample_weight=w) ** 0.5, n),
            "mae": both(lambda w: m.mean_absolute_error(actual, predicted, sample_weight=w), n),
            "r2": both(lambda w: m.r2_score(actual, predicted, sample_weight=w), n),
        },
    }


def classification(n, k):
    actual = [rng.randrange(k) for _ in range(n)]
    rows = []
    for a in actual:
        # Few different values, so that the scores have ties and some lie on the edges of bins.
        raw = [rng.randint(1, 6) + (3 if c == a else 0) for c in range(k)]
        rows.append([r / sum(raw) for r in raw])
    predicted = [max(range(k), key=lambda c: (row[c], -c)) for row in rows]
    p = np.array(rows)

    def auc(w):
        return np.mean([
            m.roc_auc_score([a == c for a in actual], p[:, c], sample_weight=w)
            for c in ([1] if k == 2 else range(k))
        ])

    average = "binary" if k == 2 else "macro"
    curves = []
    for c in [1] if k == 2 else range(k):
        is_class = np.array([a == c for a in actual], dtype=int)
        observed, mean = calibration_curve(is_class, p[:, c], n_bins=10)
        bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], p[:, c])
        counts = np.bincount(bins, minlength=10)
        counts = counts[counts > 0]
        curves.append({
            "observed": observed.tolist(),
            "mean": mean.tolist(),
            "rows": counts.tolist(),
            "error": float(np.sum(counts * np.abs(observed - mean)) / n),
        })
    brier = (
        m.brier_score_loss(actual, p[:, 1])
        if k == 2
        else m.brier_score_loss(actual, p, scale_by_half=False)
    )
    return {
        "actual": actual,
        "predicted": predicted,
        "probabilities": rows,
        "metrics": {
            "accuracy": both(lambda w: m.accuracy_score(actual, predicted, sample_weight=w), n),
            "log_loss": both(lambda w: m.log_loss(actual, p, sample_weight=w), n),
            "auc": both(auc, n),
            "f1": both(lambda w: m.f1_score(actual, predicted, sample_weight=w, average=average), n),
        },
        "confusion": m.confusion_matrix(actual, predicted).tolist(),
        "brier": float(brier),
        "curves": curves,
    }


def isotonic(bins, empty):
    rows = [0 if rng.random() < empty else rng.randint(1, 200) for _ in range(bins)]
    hits = [sum(rng.random() < (b + rng.randint(-3, 3)) / bins for _ in range(n))
            for b, n in enumerate(rows)]
    x = [b for b in range(bins) if rows[b]]
    fit = IsotonicRegression().fit(x, [hits[b] / rows[b] for b in x], [rows[b] for b in x])
    return {"hits": hits, "rows": rows, "points": x, "fitted": fit.predict(x).tolist()}


def expected(bins):
    """A row of each bin for either truth, weighted by how many there are of it."""
    rows = [rng.randint(0, 500) for _ in range(bins)]
    share = sorted(rng.random() for _ in range(bins))
    above = [2 * b >= bins for b in range(bins)]
    weights = [n * s for n, s in zip(rows, share)] + [n * (1 - s) for n, s in zip(rows, share)]
    truth = [1] * bins + [0] * bins
    scores = list(range(bins)) * 2
    said = [int(a) for a in above] * 2
    return {
        "rows": rows,
        "share": share,
        "above": above,
        "metrics": {
            "accuracy": float(m.accuracy_score(truth, said, sample_weight=weights)),
            "auc": float(m.roc_auc_score(truth, scores, sample_weight=weights)),
            "f1": float(m.f1_score(truth, said, sample_weight=weights)),
        },
    }


with open("performance.json", "w") as out:
    json.dump({
        "regression": [regression(60)],
        "classification": [classification(80, 2), classification(90, 4)],
        "isotonic": [isotonic(20, 0), isotonic(21, 0.2), isotonic(100, 0.05), isotonic(1, 0)],
        "expected": [expected(2), expected(21), expected(41)],
    }, out)
    out.write("\n")
