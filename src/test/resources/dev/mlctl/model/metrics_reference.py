"""Makes metrics.json: random answers and what scikit-learn says of them.

Run: pip install scikit-learn; python3 metrics_reference.py > metrics.json
"""

import json

import numpy as np
import sklearn
from sklearn import metrics as m

random = np.random.default_rng(42)


def regression(rows):
    actual = np.round(random.normal(10, 5, rows), 3)
    predicted = np.round(actual + random.normal(0, 2, rows), 3)
    return {
        "actual": actual.tolist(),
        "predicted": predicted.tolist(),
        "rmse": float(np.sqrt(m.mean_squared_error(actual, predicted))),
        "mae": float(m.mean_absolute_error(actual, predicted)),
        "r2": float(m.r2_score(actual, predicted)),
    }


def classification(rows, classes, digits):
    actual = random.integers(0, classes, rows)
    actual[:classes] = np.arange(classes)
    score = random.random((rows, classes)) + 0.7 * np.eye(classes)[actual]
    # Few digits make ties; the last class takes what rounding left over.
    p = np.round(score / score.sum(axis=1, keepdims=True), digits)
    p[:, -1] = np.round(1 - p[:, :-1].sum(axis=1), digits)
    predicted = p.argmax(axis=1)
    binary = classes == 2
    return {
        "actual": actual.tolist(),
        "predicted": predicted.tolist(),
        "probabilities": p.T.tolist(),
        "accuracy": float(m.accuracy_score(actual, predicted)),
        "log_loss": float(m.log_loss(actual, p, labels=range(classes))),
        "auc": float(
            m.roc_auc_score(actual, p[:, 1])
            if binary
            else np.mean([m.roc_auc_score(actual == k, p[:, k]) for k in range(classes)])
        ),
        "f1": float(m.f1_score(actual, predicted, average="binary" if binary else "macro")),
    }


print(
    json.dumps(
        {
            "made_by": "metrics_reference.py with scikit-learn " + sklearn.__version__,
            "regression": [regression(n) for n in (1 + 1, 40, 200)],
            "classification": [
                classification(n, k, d)
                for n, k, d in ((30, 2, 1), (200, 2, 2), (100, 2, 6), (60, 3, 1), (200, 3, 2), (150, 5, 3))
            ],
        }
    )
)
