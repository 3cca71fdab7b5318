"""Writes increase.csv, smirnov.csv and likelihood.csv: reference values of exact tests.

The files here were made by SciPy 1.17.1. Run in this directory: python3 exact.py
Kolmogorov-Smirnov with ties is counted out: every way to deal the rows out to the two samples.
"""

import csv
from itertools import combinations

import numpy as np
from scipy import stats


def joined(values):
    return " ".join(str(v) for v in values)


with open("increase.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["hits", "rows", "p"])
    for hits, rows in (
        ((0, 1), (10000, 50)),
        ((5, 1), (10000, 50)),
        ((0, 0), (100, 50)),
        ((3, 0), (100, 50)),
        ((2, 3), (344, 1000)),
        ((10, 79), (334, 1000)),
        ((11, 5), (344, 50)),
        ((50, 50), (50, 50)),
        ((0, 50), (50, 50)),
        ((30000, 31000), (1000000, 1000000)),
        ((30000, 29000), (1000000, 1000000)),
        ((3, 40), (100000, 1000)),
        ((500000, 700), (1000000, 1000)),
    ):
        total, drawn = sum(rows), rows[1]
        p = stats.hypergeom.sf(hits[1] - 1, total, sum(hits), drawn).item()
        writer.writerow([joined(hits), joined(rows), repr(p)])


def distance(a, b):
    return np.abs(np.cumsum(a) / a.sum() - np.cumsum(b) / b.sum()).max()


def counted_out(a, b):
    values = np.repeat(np.arange(len(a)), a + b)
    d = distance(a, b)
    hits = ways = 0
    for chosen in combinations(range(len(values)), b.sum()):
        current = np.bincount(values[list(chosen)], minlength=len(a))
        hits += int(distance(a + b - current, current) >= d - 1e-12)
        ways += 1
    return hits / ways


with open("smirnov.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["baseline", "current", "p"])
    rng = np.random.default_rng(7)
    for n, m, shift in ((5, 4, 0), (30, 20, 1), (200, 50, 0.5), (1000, 60, 0.3), (500, 499, 0.4)):
        x, y = rng.normal(0, 1, n), rng.normal(shift, 1, m)
        order = np.argsort(np.concatenate([x, y]))
        first = (order < n).astype(int)
        p = stats.ks_2samp(x, y, method="exact").pvalue.item()
        writer.writerow([joined(first), joined(1 - first), repr(p)])
    for a, b in (
        ([5, 3, 2], [1, 2, 5]),
        ([9, 1], [4, 5]),
        ([0, 4, 3, 2], [3, 2, 1, 0]),
        ([6, 6], [3, 3]),
        ([1, 2, 3, 4], [4, 3, 2, 1]),
    ):
        writer.writerow([joined(a), joined(b), repr(counted_out(np.array(a), np.array(b)))])

with open("likelihood.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["baseline", "current", "statistic", "degrees", "p"])
    for a, b in (
        ([10, 20, 30], [10, 20, 30]),
        ([500, 300, 150, 50], [200, 300, 300, 200]),
        ([9000, 1000], [34, 16]),
        ([9000, 1000], [50, 0]),
        ([400000, 300000, 300000], [41, 30, 29]),
        ([5, 0, 9], [0, 7, 12]),
    ):
        g = stats.chi2_contingency([a, b], correction=False, lambda_="log-likelihood")
        writer.writerow([joined(a), joined(b), repr(g.statistic.item()), g.dof, repr(g.pvalue.item())])
