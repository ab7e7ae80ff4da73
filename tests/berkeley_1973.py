"""Admissions to six departments of Berkeley in 1973 (Bickel, Hammel, O'Connell, Science 187, 1975).

The best known case of a difference that the mix of cases explains: department, then admitted and rejected men, then
admitted and rejected women.
"""

import numpy as np

COUNTS = (
    ("A", 512, 313, 89, 19),
    ("B", 353, 207, 17, 8),
    ("C", 120, 205, 202, 391),
    ("D", 138, 279, 131, 244),
    ("E", 53, 138, 94, 299),
    ("F", 22, 351, 24, 317),
)


def applicants():
    """Give admitted, man and department of each applicant."""
    parts = [
        (admitted, man, department, n)
        for department, *counts in COUNTS
        for (admitted, man), n in zip([(1, 1), (0, 1), (1, 0), (0, 0)], counts, strict=True)
    ]
    times = [n for *_, n in parts]
    columns = ([part[place] for part in parts] for place in range(3))
    admitted, man, department = (np.repeat(np.array(column), times) for column in columns)
    return admitted.astype(bool), man.astype(bool), np.unique(department, return_inverse=True)[1]
