"""Makes slices.json: labelled rows as a file, and what scikit-learn says of two models on slices.

Run: pip install scikit-learn; python3 slices_reference.py > slices.json
"""

import json

import numpy as np
import sklearn
from sklearn import metrics as m

random = np.random.default_rng(7)
ROWS = 400

sex = random.choice(["Female", "Male"], ROWS, p=[0.3, 0.7])
season = random.choice(["1", "1.0", "2"], ROWS)
education = random.choice(["Some-college, 2y", 'the "best"', ""], ROWS)
x = np.round(random.normal(0, 2, ROWS), 3)
count = np.round(3 * x + random.normal(0, 2, ROWS) + (sex == "Male"), 3)
label = np.where(random.random(ROWS) < 1 / (1 + np.exp(-x)), "yes", "no")
SLICES = {
    "": np.full(ROWS, True),
    "[sex=Female]": sex == "Female",
    "[sex=Male]": sex == "Male",
    "[season=1,sex=Female]": (season != "2") & (sex == "Female"),
    '[season="1"]': season == "1",
    '[education="Some-college, 2y"]': education == "Some-college, 2y",
    '[education="the ""best"""]': education == 'the "best"',
    '[education=""]': education == "",
}


def field(text):
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"') else text


def regression(rows, slope):
    actual, predicted = count[rows], slope * x[rows]
    return {
        "rows": int(rows.sum()),
        "rmse": float(np.sqrt(m.mean_squared_error(actual, predicted))),
        "mae": float(m.mean_absolute_error(actual, predicted)),
        "r2": float(m.r2_score(actual, predicted)),
    }


def classification(rows, slope):
    actual, p = label[rows], 1 / (1 + np.exp(-slope * x[rows]))
    return {
        "rows": int(rows.sum()),
        "accuracy": float(m.accuracy_score(actual == "yes", p > 0.5)),
        "log_loss": float(m.log_loss(actual, np.column_stack([1 - p, p]), labels=["no", "yes"])),
        "auc": float(m.roc_auc_score(actual == "yes", p)),
        "f1": float(m.f1_score(actual == "yes", p > 0.5)),
    }


lines = ["x,sex,season,education,count,label"]
for row in zip(x, sex, season, map(field, education), count, label):
    lines.append(",".join(map(str, row)))
print(
    json.dumps(
        {
            "made_by": "slices_reference.py with scikit-learn " + sklearn.__version__,
            "csv": "\n".join(lines) + "\n",
            "regression": {
                str(slope): {text: regression(rows, slope) for text, rows in SLICES.items()}
                for slope in (3.0, 2.0)
            },
            "classification": {
                str(slope): {text: classification(rows, slope) for text, rows in SLICES.items()}
                for slope in (1.0, -0.5)
            },
        }
    )
)
