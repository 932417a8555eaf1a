"""What people run today: pandas and scikit-learn's functions over one CSV file.

usage: peer_binary.py FILE.csv          prints the metrics as JSON
"""
import json
import sys

import numpy as np
import pandas as pd
from sklearn import metrics

frame = pd.read_csv(sys.argv[1], usecols=["label", "score"])
y = frame["label"].to_numpy()
s = frame["score"].to_numpy()
p = (s >= 0.5).astype(y.dtype)
tn, fp, fn, tp = metrics.confusion_matrix(y, p).ravel()
metrics.roc_curve(y, s)
metrics.precision_recall_curve(y, s)
print(json.dumps({name: float(value) for name, value in {
    "roc_auc": metrics.roc_auc_score(y, s),
    "average_precision": metrics.average_precision_score(y, s),
    "log_loss": metrics.log_loss(y, s),
    "brier": metrics.brier_score_loss(y, s),
    "accuracy": metrics.accuracy_score(y, p),
    "balanced_accuracy": metrics.balanced_accuracy_score(y, p),
    "precision": metrics.precision_score(y, p),
    "recall": metrics.recall_score(y, p),
    "specificity": tn / (tn + fp),
    "f1": metrics.f1_score(y, p),
    "mcc": metrics.matthews_corrcoef(y, p),
    "cohen_kappa": metrics.cohen_kappa_score(y, p),
}.items()}))
