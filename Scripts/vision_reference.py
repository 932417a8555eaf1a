#!/usr/bin/env python3
"""Reference values for the vision plugin, from pycocotools and lvis-api.

usage: python Scripts/vision_reference.py [SHARED-DATA]

needs: numpy pycocotools lvis

Writes Tests/VisionTests/Fixtures/: small random data sets with every trap that detection
data have (crowds, ties, boxes without area, ids that are 0 or far apart, images without
truth or without detections, other numbers of detections and other area ranges), and what
the references answer: their statistics and, per class and area range, a hash over the bits
of all cells of precision and recall. SHARED-DATA is the folder that holds coco/; its files
are referred to by name, not copied.
"""
import contextlib
import copy
import io
import json
import struct
import sys
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

if not hasattr(np, "float"):
    np.float = float  # lvis-api was written for an older numpy

FIXTURES = Path(__file__).resolve().parent.parent / "Tests/VisionTests/Fixtures"


def quiet(function, *arguments, **keywords):
    with contextlib.redirect_stdout(io.StringIO()):
        return function(*arguments, **keywords)


def digest(cells):
    """FNV-1a over the 64-bit patterns of doubles, in row-major order."""
    value = 0xCBF29CE484222325
    for pattern in np.ascontiguousarray(cells, dtype="<f8").reshape(-1).view("<u8").tolist():
        value = ((value ^ pattern) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def evaluate(truth, results, kind="bbox", max_dets=None, areas=None, thresholds=None, sigmas=None):
    gt = COCO()
    gt.dataset = copy.deepcopy(truth)
    for annotation in gt.dataset["annotations"]:
        annotation["id"] += 1  # pycocotools takes the id 0 for no match
    quiet(gt.createIndex)
    dt = quiet(gt.loadRes, copy.deepcopy(results)) if results else COCO()
    if not results:
        dt.dataset = {"images": gt.dataset["images"], "categories": gt.dataset["categories"],
                      "annotations": []}
        quiet(dt.createIndex)
    e = COCOeval(gt, dt, kind)
    if max_dets:
        e.params.maxDets = max_dets
    if areas:
        e.params.areaRng = [[low, high] for _, low, high in areas]
        e.params.areaRngLbl = [name for name, _, _ in areas]
    if thresholds:
        e.params.iouThrs = np.array(thresholds)
    if sigmas:
        e.params.kpt_oks_sigmas = np.array(sigmas)
    quiet(e.evaluate)
    quiet(e.accumulate)
    p, r = e.eval["precision"], e.eval["recall"]

    def mean(cells):
        cells = cells[cells > -1]
        return float(np.mean(cells)) if cells.size else None

    count = len(e.params.areaRng)
    return {
        "classes": [int(c) for c in e.params.catIds],
        "map_by_area": [mean(p[:, :, :, a, -1]) for a in range(count)],
        "map_by_iou": [mean(p[t, :, :, 0, -1]) for t in range(p.shape[0])],
        "mar_by_limit": [mean(r[:, :, 0, m]) for m in range(r.shape[3])],
        "mar_by_area": [mean(r[:, :, a, -1]) for a in range(count)],
        "ap_by_class": [mean(p[:, :, k, 0, -1]) for k in range(p.shape[2])],
        "precision": [[digest(p[:, :, k, a, :]) for a in range(count)] for k in range(p.shape[2])],
        "recall": [[digest(r[:, k, a, :]) for a in range(count)] for k in range(p.shape[2])],
    }


def data_set(seed, images=12, classes=3, truths=6, extra=6, grid=None, crowd=0.1, first_id=0,
             sparse=False, empty=0.2, zero=0.05, decimals=2, with_area=True):
    """Truth and results with much overlap, on purpose."""
    rng = np.random.default_rng(seed)
    image_ids = sorted(rng.choice(10**6, images, replace=False).tolist()) if sparse else \
        list(range(1, images + 1))
    class_ids = sorted(rng.choice(5000, classes, replace=False).tolist()) if sparse else \
        list(range(classes))
    order = rng.permutation(images)
    truth = {"images": [{"id": image_ids[i], "width": 640, "height": 480} for i in order],
             "categories": [{"id": c, "name": f"class {c}"} for c in class_ids], "annotations": []}
    results = []
    for i in order:
        boxes = []
        for _ in range(0 if rng.random() < empty else rng.integers(1, truths + 1)):
            side = float(np.exp(rng.uniform(np.log(8), np.log(200))))
            box = np.round([rng.uniform(0, 400), rng.uniform(0, 300), side, side * rng.uniform(.5, 2)],
                           decimals).tolist()
            if rng.random() < zero:
                box[2 + int(rng.integers(0, 2))] = 0.0
            label = int(rng.integers(0, max(1, classes - 1)))  # the last class has no truth
            area = box[2] * box[3] * (rng.choice([1.0, 0.6]) if with_area else 1.0)
            if rng.random() < 0.1:
                area = float(rng.choice([0, 1024, 9216]))  # on the edge of the ranges
            truth["annotations"].append({
                "id": first_id + len(truth["annotations"]), "image_id": image_ids[i],
                "category_id": class_ids[label], "bbox": box, "area": area,
                "iscrowd": int(rng.random() < crowd)})
            boxes.append((box, label))
        if rng.random() < 0.1:
            continue
        for box, label in boxes:
            for _ in range(rng.integers(0, 4)):
                shift = rng.choice([0, 0.02, 0.08, 0.2]) * np.array([box[2], box[3], box[2], box[3]])
                moved = np.round(np.array(box) + rng.normal(0, 1, 4) * shift, decimals)
                moved[2:] = np.maximum(moved[2:], 0)
                if rng.random() < 0.15:
                    label = int(rng.integers(0, classes))
                results.append((image_ids[i], class_ids[label], moved.tolist()))
        for _ in range(rng.integers(0, extra + 1)):
            box = np.round([rng.uniform(0, 400), rng.uniform(0, 300), *rng.uniform(4, 200, 2)], decimals)
            results.append((image_ids[i], class_ids[int(rng.integers(0, classes))], box.tolist()))
    scores = rng.beta(1, 2, len(results))
    scores = np.round(scores * grid) / grid if grid else np.round(scores, 5)
    results = [{"image_id": image, "category_id": label, "bbox": box, "score": float(score)}
               for (image, label, box), score in zip(results, scores)]
    return truth, results


def columns(truth, results):
    """The columns of the evaluator: a row per image, objects in the order of the files."""
    rows = []
    for image in truth["images"]:
        gt = [a for a in truth["annotations"] if a["image_id"] == image["id"]]
        dt = [r for r in results if r["image_id"] == image["id"]]
        row = {"image_id": image["id"],
               "truth_boxes": [x for a in gt for x in a["bbox"]],
               "truth_labels": [a["category_id"] for a in gt],
               "truth_areas": [a["area"] for a in gt],
               "truth_crowds": [bool(a.get("iscrowd", 0)) for a in gt],
               "truth_ids": [a["id"] for a in gt],
               "boxes": [x for r in dt for x in r["bbox"]],
               "labels": [r["category_id"] for r in dt],
               "scores": [r["score"] for r in dt]}
        if "neg_category_ids" in image:
            row["truth_negative_labels"] = image["neg_category_ids"]
            row["truth_not_exhaustive_labels"] = image["not_exhaustive_category_ids"]
        rows.append(row)
    return rows


CASES = {
    "plain": {}, "plain again": {"seed": 2}, "ties": {"grid": 8}, "two scores": {"grid": 1, "seed": 4},
    "crowds": {"crowd": 0.5, "seed": 5}, "only crowds": {"crowd": 1.0, "seed": 6},
    "many boxes without area": {"zero": 0.5, "seed": 7},
    "sparse ids": {"sparse": True, "seed": 8}, "ids from 1": {"first_id": 1, "seed": 9},
    "most images without truth": {"empty": 0.8, "seed": 10},
    "whole pixels": {"decimals": 0, "grid": 20, "seed": 11},
    "one image": {"images": 1, "empty": 0.0, "seed": 12},
    "one class": {"classes": 1, "seed": 13, "images": 30},
    "crowded images": {"truths": 40, "extra": 90, "seed": 14, "images": 6, "classes": 2, "grid": 100},
    "sizes that hit the recall grid": {"images": 25, "truths": 8, "classes": 2, "empty": 0.0, "seed": 15},
    "few detections count": {"seed": 16, "max_dets": [1, 3]},
    "more than 100 count": {"seed": 17, "images": 4, "truths": 60, "extra": 120, "classes": 1,
                            "max_dets": [1, 10, 100, 300]},
    "other areas": {"seed": 18, "areas": [["all", 0, 1e10], ["tiny", 0, 400], ["rest", 400, 1e10]]},
    "other thresholds": {"seed": 19, "thresholds": [0.3, 0.5, 1.0], "decimals": 0},
    "no detections": {"seed": 20, "without_results": True},
}


def random_cases():
    for number, (name, options) in enumerate(CASES.items()):
        options = dict(options)
        keys = {k: options.pop(k) for k in ("max_dets", "areas", "thresholds") if k in options}
        drop = options.pop("without_results", False)
        seed = options.pop("seed", number + 1)
        truth, results = data_set(seed, **options)
        results = [] if drop else results
        yield {"name": name, "categories": [c["id"] for c in truth["categories"]], **keys,
               "rows": columns(truth, results), "expected": evaluate(truth, results, **keys)}


def coco_case(shared, kind, results_name):
    folder = Path(shared) / "coco"
    truth = json.loads((folder / "instances_val2014_100.json").read_text())
    results = json.loads((folder / results_name).read_text())
    gt = quiet(COCO, str(folder / "instances_val2014_100.json"))
    e = COCOeval(gt, quiet(gt.loadRes, str(folder / results_name)), kind)
    # The subset has results for some of its images; COCO evaluates all of them.
    quiet(e.evaluate), quiet(e.accumulate), quiet(e.summarize)
    return {"kind": kind, "results": results_name, "stats": e.stats.tolist(),
            **evaluate(truth, results, kind)}


def lvis_cases():
    from lvis import LVIS, LVISEval, LVISResults
    for seed in (101, 102, 103):
        truth, results = data_set(seed, images=14, classes=6, truths=8, extra=10 if seed < 103 else 60,
                                  crowd=0.0, first_id=1, grid=50)
        rng = np.random.default_rng(seed + 1000)
        for position, category in enumerate(truth["categories"]):
            category["frequency"] = "rcf"[position % 3]
        for image in truth["images"]:
            present = {a["category_id"] for a in truth["annotations"] if a["image_id"] == image["id"]}
            absent = [c["id"] for c in truth["categories"] if c["id"] not in present]
            image["neg_category_ids"] = [c for c in absent if rng.random() < 0.4]
            image["not_exhaustive_category_ids"] = [c for c in present if rng.random() < 0.3]
        limit = 300 if seed < 103 else 20
        gt = LVIS.__new__(LVIS)
        gt.logger = __import__("logging").getLogger("lvis")
        gt.dataset = copy.deepcopy(truth)
        gt._create_index()
        dt = LVISResults(gt, copy.deepcopy(results), max_dets=limit)
        e = LVISEval(gt, dt, "bbox")
        e.params.max_dets = limit
        e.run()
        p, r = e.eval["precision"], e.eval["recall"]
        yield {"name": f"random {seed}", "max_dets": [limit],
               "categories": [[c["id"], c["name"], c["frequency"]] for c in truth["categories"]],
               "rows": columns(truth, results),
               "expected": {
                   "stats": {k: (None if v == -1 else float(v)) for k, v in e.results.items()},
                   "precision": [[digest(p[:, :, k, a]) for a in range(4)] for k in range(p.shape[2])],
                   "recall": [[digest(r[:, k, a]) for a in range(4)] for k in range(p.shape[2])]}}


def write(name, value):
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")
    print(name, (FIXTURES / name).stat().st_size)


if __name__ == "__main__":
    write("detection.json", list(random_cases()))
    write("lvis.json", list(lvis_cases()))
    if len(sys.argv) > 1:
        write("coco.json", [
            coco_case(sys.argv[1], "bbox", "instances_val2014_fakebbox100_results.json"),
            coco_case(sys.argv[1], "segm", "instances_val2014_fakesegm100_results.json")])
