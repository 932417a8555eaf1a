"""Times choix on judgements, a line "winner loser" each."""
import sys
import time

import choix
import numpy as np

games = np.loadtxt(sys.argv[1], dtype=int)
pairs = [(int(a), int(b)) for a, b in games]
start = time.perf_counter()
log = choix.ilsr_pairwise(100, pairs, alpha=0.0)
print(f"choix ilsr_pairwise, the same judgements: {(time.perf_counter() - start) * 1000:.1f} ms")
log -= log.mean()
print("abilities:", log[0], log[-1])
