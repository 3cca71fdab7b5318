"""Writes statistics.csv, gamma.csv and kolmogorov.csv: reference values from NumPy and SciPy.

The files here were made by SciPy 1.17.1. Run in this directory: python3 reference.py
"""

import csv

import numpy as np
from scipy import special, stats
from scipy.spatial.distance import jensenshannon

HALF = 0.5


def psi(a, b):
    p = (a + HALF) / (a + HALF).sum()
    q = (b + HALF) / (b + HALF).sum()
    return special.rel_entr(p, q).sum() + special.rel_entr(q, p).sum()


def ks(a, b):
    d = np.abs(np.cumsum(a) / a.sum() - np.cumsum(b) / b.sum()).max()
    return d, stats.kstwobign.sf(d * np.sqrt(a.sum() * b.sum() / (a.sum() + b.sum())))


def chi_squared(a, b):
    kept = (a + b) > 0
    if kept.sum() < 2:
        return 0.0, 0, 1.0
    result = stats.chi2_contingency(np.array([a[kept], b[kept]]), correction=False)
    return result.statistic, result.dof, result.pvalue


def cases():
    rng = np.random.default_rng(20260801)
    yield np.array([10, 20, 30, 40]), np.array([10, 20, 30, 40])
    yield np.array([500, 300, 150, 50]), np.array([200, 300, 300, 200])
    yield np.array([100, 0, 100, 0]), np.array([0, 50, 0, 50])
    yield np.array([1, 0, 0]), np.array([0, 0, 1])
    yield np.array([7]), np.array([9])
    yield np.array([1000000, 2000000, 3000000]), np.array([1000100, 1999950, 2999950])
    yield np.array([5, 0, 9, 0]), np.array([3, 0, 4, 0])
    for bins in (2, 3, 5, 10, 20, 32, 200):
        for n, m in ((50, 60), (1000, 200), (100000, 1000), (3, 100000)):
            weights = rng.dirichlet(np.full(bins, 2.0))
            moved = weights * np.exp(rng.normal(0, rng.choice([0.0, 0.1, 0.5, 1.5]), bins))
            yield rng.multinomial(n, weights), rng.multinomial(m, moved / moved.sum())


def joined(values):
    return " ".join(str(v) for v in values)


with open("statistics.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        "positions,baseline,current,psi,jensen_shannon,ks,ks_p,chi_squared,degrees,chi_squared_p,"
        "wasserstein".split(",")
    )
    rng = np.random.default_rng(7)
    for a, b in cases():
        positions = np.cumsum(rng.integers(0, 5, len(a))) / 4.0
        js = jensenshannon(a, b, base=2)
        row = [psi(a, b), 0.0 if np.isnan(js) else js, *ks(a, b), *chi_squared(a, b)]
        row.append(stats.wasserstein_distance(positions, positions, a, b))
        values = [repr(x.item() if hasattr(x, "item") else x) for x in row]
        writer.writerow([joined(positions), joined(a), joined(b)] + values)

with open("gamma.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["a", "x", "upper", "log_gamma"])
    for a in (0.5, 1.0, 1.5, 2.0, 4.5, 9.5, 15.5, 31.0, 99.5, 499.5, 2000.0):
        for factor in (0.0, 1e-8, 0.01, 0.3, 0.9, 0.999, 1.0, 1.05, 1.5, 3.0, 10.0):
            x = a * factor
            upper = special.gammaincc(a, x).item()
            writer.writerow([a, repr(x), repr(upper), repr(special.gammaln(a).item())])

with open("kolmogorov.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["x", "tail"])
    for x in (0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.999, 1, 1.2, 1.36, 2, 3, 5, 10):
        writer.writerow([x, repr(stats.kstwobign.sf(x).item())])
