"""Makes metrics.json: predictions and what scikit-learn says of them.

Run: python3 metrics.py > metrics.json    (scikit-learn, any recent version)
"""
import json
import random

from sklearn import metrics as m

random.seed(7)


def regression(n):
    actual = [round(random.gauss(100, 30), 3) for _ in range(n)]
    predicted = [round(a + random.gauss(2, 12), 3) for a in actual]
    return {
        "actual": actual,
        "predicted": predicted,
        "expected": {
            "rmse": m.mean_squared_error(actual, predicted) ** 0.5,
            "mae": m.mean_absolute_error(actual, predicted),
            "r2": m.r2_score(actual, predicted),
        },
    }


def classification(n, k):
    actual = [random.randrange(k) for _ in range(n)]
    rows = []
    for a in actual:
        # Few different values, so that the scores have ties.
        raw = [random.randint(1, 6) + (3 if c == a else 0) for c in range(k)]
        rows.append([r / sum(raw) for r in raw])
    predicted = [max(range(k), key=lambda c: (row[c], -c)) for row in rows]
    auc = (
        m.roc_auc_score(actual, [row[1] for row in rows])
        if k == 2
        else m.roc_auc_score(actual, rows, multi_class="ovr", average="macro")
    )
    return {
        "actual": actual,
        "predicted": predicted,
        "probabilities": rows,
        "expected": {
            "accuracy": m.accuracy_score(actual, predicted),
            "log_loss": m.log_loss(actual, rows),
            "auc": auc,
            "f1": m.f1_score(actual, predicted, average="binary" if k == 2 else "macro"),
        },
        "confusion": m.confusion_matrix(actual, predicted).tolist(),
    }


print(json.dumps({"regression": [regression(50)],
                  "classification": [classification(80, 2), classification(90, 4)]}))
