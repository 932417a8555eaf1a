#!/usr/bin/env python3
"""Writes masks.json, keypoints.json, segmentation_sets.json and keypoint_sets.json of
Tests/VisionTests/Fixtures: seeded polygons, masks, keypoints and whole data sets of them,
and what pycocotools makes of them.

usage: python3 Scripts/vision_masks_reference.py [POLYGONS [FOLDER]]   (needs pycocotools 2.0.11)

POLYGONS (default 2000) is how many random polygons there are; with a larger number and
another folder, `ASSAY_MASK_CASES=FOLDER/masks.json` lets the tests go through them.
"""
import json
import pathlib
import sys

import numpy as np
import pycocotools.mask as rle
from pycocotools.cocoeval import COCOeval, Params

from vision_reference import columns, data_set, evaluate

HOME = pathlib.Path(__file__).resolve().parent.parent
SEED = 20260303


def runs(text):
    """The run lengths of a compressed mask, as COCO's format says."""
    lengths, place = [], 0
    while place < len(text):
        value = shift = 0
        while True:
            code = text[place] - 48
            value |= (code & 31) << shift
            shift, place = shift + 5, place + 1
            if not code & 32:
                break
        if code & 16:
            value -= 1 << shift
        lengths.append(value + (lengths[-2] if len(lengths) > 2 else 0))
    return lengths


def described(mask):
    return {"size": mask["size"], "text": mask["counts"].decode(), "area": int(rle.area(mask)),
            "box": [int(v) for v in rle.toBbox(mask)]}


def polygon(rng, h, w):
    """Corners in many styles: inside, outside, on the grid, repeated, back and forth."""
    n = int(rng.choice([3, 3, 4, 5, 7, 12, 24]))
    x, y = rng.random(n) * w, rng.random(n) * h
    style = rng.integers(0, 9)
    if style == 0:      # far out
        x, y = rng.normal(w / 2, 2 * w, n), rng.normal(h / 2, 2 * h, n)
    elif style == 1:    # whole and half pixels, where rounding decides
        x, y = np.round(x * 2) / 2, np.round(y * 2) / 2
    elif style == 2:    # fifths and tenths: the fine grid
        x, y = np.round(x * 10) / 10, np.round(y * 10) / 10
    elif style == 3:    # repeated points
        keep = np.sort(rng.integers(0, n, n))
        x, y = x[keep], y[keep]
    elif style == 4:    # upright and level edges
        x, y = np.repeat(x, 2)[1:n + 1], np.repeat(y, 2)[:n]
    elif style == 5:    # all on a line
        x, y = x, x * (h / w)
    elif style == 6:    # an outline
        t = np.linspace(0, 2 * np.pi, n, endpoint=False)
        r = 0.2 + 0.5 * rng.random(n)
        x, y = w / 2 + r * w * np.cos(t), h / 2 + r * h * np.sin(t)
    elif style == 7:    # along the border
        x, y = np.clip(x, 0, w) // (w / 2) * (w / 2), np.clip(y, 0, h) // (h / 3) * (h / 3)
    if style != 8:
        x, y = np.round(x, 2), np.round(y, 2)
    return np.stack([x, y], 1).reshape(-1).tolist()


def polygons(rng, count):
    for index in range(count):
        h, w = (int(v) for v in rng.integers(1, 40 if index % 10 else 300, 2))
        parts = [polygon(rng, h, w) for _ in range(1 if rng.random() < 0.7 else rng.integers(2, 5))]
        yield {"polygons": parts} | described(rle.merge(rle.frPyObjects(parts, h, w)))
    # Fewer corners than a polygon has, behind one that is whole.
    for parts in ([[1, 1, 9, 1, 5, 8], [2, 2]], [[1, 1, 9, 1, 5, 8], [0, 0, 9, 9]]):
        yield {"polygons": parts} | described(rle.merge(rle.frPyObjects(parts, 10, 10)))


def bitmaps(rng):
    sizes = [(1, 1), (1, 9), (9, 1), (7, 5), (31, 33), (64, 48)]
    for h, w in sizes:
        for share in (0.0, 0.05, 0.5, 0.95, 1.0):
            yield (rng.random((h, w)) < share).astype(np.uint8)
    for h, w in sizes[3:]:
        rows, columns = np.mgrid[:h, :w]
        yield ((rows - h / 2) ** 2 + (columns - w / 2) ** 2 < (h / 3) ** 2).astype(np.uint8)
    yield np.ones((700, 500), np.uint8)
    tall = np.zeros((1000, 3), np.uint8)
    tall[10:990, 1] = 1
    yield tall


def masks(rng):
    for bitmap in bitmaps(rng):
        mask = rle.encode(np.asfortranarray(bitmap))
        yield {"runs": runs(mask["counts"])} | described(mask)


def overlaps(rng):
    for _ in range(30):
        h, w = (int(v) for v in rng.integers(4, 60, 2))
        def one():
            if rng.random() < 0.3:
                return rle.encode(np.asfortranarray((rng.random((h, w)) < rng.random()).astype(np.uint8)))
            return rle.merge(rle.frPyObjects([polygon(rng, h, w)], h, w))
        found, truths = [one() for _ in range(6)], [one() for _ in range(5)]
        crowds = [int(v) for v in rng.random(5) < 0.3]
        yield {"size": [h, w], "detections": [m["counts"].decode() for m in found],
               "truths": [m["counts"].decode() for m in truths], "crowds": crowds,
               "overlaps": rle.iou(found, truths, crowds).tolist()}


def similarities(rng):
    for index in range(40):
        k = int(rng.choice([1, 4, 7, 8, 9, 17, 17, 17, 24]))
        sigmas = Params("keypoints").kpt_oks_sigmas if k == 17 else rng.uniform(0.02, 0.12, k)
        def person():
            x, y = rng.uniform(50, 150, k), rng.uniform(50, 250, k)
            v = np.zeros(k, int) if index % 4 == 0 else rng.integers(0, 3, k)
            return np.stack([x.round(1), y.round(1), v], 1)
        truths, found = [], []
        for _ in range(3):
            truth = person()
            box = [50.0, 50.0, float(rng.integers(0, 90)), float(rng.integers(20, 190))]
            area = float(rng.choice([0.0, 800.0, 12345.75]))
            truths.append({"keypoints": truth.reshape(-1).tolist(), "bbox": box, "area": area})
            spread = rng.choice([0, 1, 10, 100])
            moved = truth + np.stack([rng.normal(0, spread, k), rng.normal(0, spread, k), truth[:, 2]], 1)
            found.append({"keypoints": moved.round(2).reshape(-1).tolist(), "score": 1 - len(found) / 4})
        evaluation = COCOeval(iouType="keypoints")
        evaluation.params.kpt_oks_sigmas = np.array(sigmas)
        evaluation._gts, evaluation._dts = {(1, 1): truths}, {(1, 1): found}
        yield {"sigmas": [float(s) for s in sigmas], "truths": truths, "detections": found,
               "similarities": evaluation.computeOks(1, 1).tolist()}


def outline(box, rng):
    """A shape of some corners in a box."""
    t = np.sort(rng.random(int(rng.integers(5, 12)))) * 2 * np.pi
    r = rng.uniform(0.5, 1.0, len(t))
    x, y, w, h = box
    return np.round(np.stack([x + w / 2 * (1 + r * np.cos(t)), y + h / 2 * (1 + r * np.sin(t))], 1),
                    2).reshape(-1).tolist()


MASK_SETS = {
    "plain": {}, "crowds": {"crowd": 0.5}, "ties": {"grid": 6},
    "results with boxes": {"with_boxes": True}, "few detections count": {"max_dets": [1, 2]},
    "other areas": {"areas": [["all", 0, 1e10], ["tiny", 0, 60], ["rest", 60, 1e10]]},
    "large masks": {"scale": 1, "images": 4, "truths": 4, "extra": 3},
    "most images without truth": {"empty": 0.8}, "ids far apart": {"sparse": True},
}


def mask_sets():
    """Random data sets as for boxes, with shapes in the boxes."""
    for number, (name, options) in enumerate(MASK_SETS.items()):
        options = dict(options)
        keys = {k: options.pop(k) for k in ("max_dets", "areas") if k in options}
        scale, with_boxes = options.pop("scale", 8), options.pop("with_boxes", False)
        truth, results = data_set(300 + number, **({"images": 10, "zero": 0} | options))
        rng = seeded(100 + number)
        for image in truth["images"]:
            image["width"], image["height"] = 640 // scale, 480 // scale
        w, h = 640 // scale, 480 // scale
        for annotation in truth["annotations"]:
            box = [v / scale for v in annotation["bbox"]]
            parts = [outline(box, rng) for _ in range(int(rng.integers(1, 4)))]
            mask = rle.merge(rle.frPyObjects(parts, h, w))
            annotation["segmentation"] = parts
            kind = rng.random()
            if annotation["iscrowd"] or kind < 0.2:
                annotation["segmentation"] = {"size": [h, w], "counts": runs(mask["counts"])}
            elif kind < 0.4:
                annotation["segmentation"] = {"size": [h, w], "counts": mask["counts"].decode()}
            annotation["shape"] = parts
            if rng.random() < 0.7:
                annotation["area"] = float(rle.area(mask))
        for result in results:
            near = [a for a in truth["annotations"] if a["image_id"] == result["image_id"]]
            box = [v / scale for v in result["bbox"]]
            parts = [outline(box, rng)]
            if near and rng.random() < 0.7:
                other = near[int(rng.integers(len(near)))]["shape"]
                shift = rng.choice([0, 1, 4]) * rng.normal(size=2)
                parts = [(np.array(p).reshape(-1, 2) + shift).round(2).reshape(-1).tolist() for p in other]
            mask = rle.merge(rle.frPyObjects(parts, h, w))
            result["segmentation"] = {"size": [h, w], "counts": mask["counts"].decode()}
            result["bbox"] = [round(v, 3) for v in box]
            if not with_boxes:
                del result["bbox"]
        for annotation in truth["annotations"]:
            del annotation["shape"]
        yield {"name": name, "categories": [c["id"] for c in truth["categories"]], **keys,
               "rows": mask_columns(truth, results, with_boxes),
               "expected": evaluate(truth, results, "segm", **keys)}


def mask_columns(truth, results, with_boxes):
    plain = [dict(r, bbox=r.get("bbox", [])) for r in results]
    for image, row in zip(truth["images"], columns(truth, plain)):
        del row["truth_boxes"]
        if not with_boxes:
            del row["boxes"]
        row["height"], row["width"] = image["height"], image["width"]
        for name, objects in (("truth_masks", truth["annotations"]), ("masks", results)):
            shapes = [o["segmentation"] for o in objects if o["image_id"] == image["id"]]
            row[name] = [{"polygons": s} if isinstance(s, list) else
                         {"runs": s["counts"]} if isinstance(s["counts"], list) else {"text": s["counts"]}
                         for s in shapes]
        yield row


KEYPOINT_SETS = {
    "plain": {}, "crowds": {"crowd": 0.4}, "ties": {"grid": 6}, "five keypoints": {"keypoints": 5},
    "hardly labelled": {"labelled": 0.15}, "results with boxes": {"with_boxes": True},
    "more than 20 detections": {"images": 3, "extra": 40}, "whole pixels": {"decimals": 0, "grid": 50},
}


def keypoint_sets():
    for number, (name, options) in enumerate(KEYPOINT_SETS.items()):
        options = dict(options)
        k, labelled = options.pop("keypoints", 17), options.pop("labelled", 0.7)
        with_boxes = options.pop("with_boxes", False)
        truth, results = data_set(400 + number, **({"classes": 2, "zero": 0, "images": 10} | options))
        rng = seeded(200 + number)
        decimals = options.get("decimals", 1)

        def person(box, spread=0.0):
            x = box[0] + rng.random(k) * box[2]
            y = box[1] + rng.random(k) * box[3]
            v = np.where(rng.random(k) < labelled, rng.integers(1, 3, k), 0)
            return np.stack([np.where(v > 0, x, 0), np.where(v > 0, y, 0), v], 1).round(decimals)

        for annotation in truth["annotations"]:
            points = person(annotation["bbox"])
            annotation["keypoints"] = points.reshape(-1).tolist()
            annotation["num_keypoints"] = int((points[:, 2] > 0).sum())
        for result in results:
            near = [a for a in truth["annotations"] if a["image_id"] == result["image_id"]]
            points = person(result["bbox"])
            if near and rng.random() < 0.8:
                other = near[int(rng.integers(len(near)))]
                spread = rng.choice([0, 0.02, 0.05, 0.15]) * np.sqrt(other["bbox"][2] * other["bbox"][3])
                points = np.array(other["keypoints"]).reshape(-1, 3)
                points = np.where(points[:, 2:] > 0, points, person(other["bbox"]))
                points[:, :2] += rng.normal(size=(k, 2)) * spread
                points = points.round(decimals)
            points[:, 2] = 1
            result["keypoints"] = points.reshape(-1).tolist()
        sigmas = None if k == 17 else rng.uniform(0.02, 0.12, k).round(3).tolist()
        plain = [dict(r) for r in results]
        if not with_boxes:
            for result in results:
                del result["bbox"]
        rows = columns(truth, plain)
        for image, row in zip(truth["images"], rows):
            if not with_boxes:
                del row["boxes"]
            mine = [a for a in truth["annotations"] if a["image_id"] == image["id"]]
            row["truth_keypoints"] = [v for a in mine for v in a["keypoints"]]
            row["truth_keypoint_counts"] = [a["num_keypoints"] for a in mine]
            row["keypoints"] = [v for r in results if r["image_id"] == image["id"] for v in r["keypoints"]]
        yield {"name": name, "categories": [c["id"] for c in truth["categories"]], "sigmas": sigmas,
               "rows": rows, "expected": evaluate(truth, results, "keypoints", sigmas=sigmas)}


def seeded(part):
    return np.random.default_rng([SEED, part])


def listed(cases):
    return "[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]"


count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HOME / "Tests/VisionTests/Fixtures"
folder.mkdir(parents=True, exist_ok=True)
(folder / "masks.json").write_text(
    f'{{"pycocotools": "2.0.11",\n"polygons": {listed(polygons(seeded(0), count))},\n'
    f'"masks": {listed(masks(seeded(1)))},\n"overlaps": {listed(overlaps(seeded(2)))}}}\n')
(folder / "keypoints.json").write_text(
    f'{{"pycocotools": "2.0.11",\n"similarities": {listed(similarities(seeded(3)))}}}\n')
(folder / "segmentation_sets.json").write_text(listed(
    c | {"rows": list(c["rows"])} for c in mask_sets()) + "\n")
(folder / "keypoint_sets.json").write_text(listed(keypoint_sets()) + "\n")
