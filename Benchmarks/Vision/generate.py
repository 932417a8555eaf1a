"""Makes data sets of detections that look like COCO's validation set: seeded, always the same.

usage: generate.py FOLDER

Image sizes, objects per image, the skew of the classes, the mix of box sizes and the share
of crowds follow the published statistics of COCO val2017. A detector is imitated by noisy
copies of most objects, duplicates, confused classes and boxes on the background, at most
100 an image, with scores of five digits so that ties occur.
"""
from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.feather as feather
from pycocotools import mask as coco_mask

CLASSES = 80
IMAGES = {"medium": 5_000, "large": 25_000}
# Ids with gaps, as COCO's.
CATEGORIES = np.sort(np.random.default_rng(7).choice(np.arange(1, 91), CLASSES, replace=False))


def boxes_in(rng, widths, heights, side, aspect):
    w = np.clip(side * np.sqrt(aspect), 2, widths * 0.98)
    h = np.clip(side / np.sqrt(aspect), 2, heights * 0.98)
    return np.stack([rng.random(len(w)) * (widths - w), rng.random(len(h)) * (heights - h), w, h], 1)


def jittered(rng, boxes, spread):
    moved = boxes.copy()
    moved[:, :2] += rng.normal(0, spread, (len(boxes), 2)) * boxes[:, 2:]
    moved[:, 2:] *= np.exp(rng.normal(0, spread, (len(boxes), 2)))
    return moved


def make(images: int) -> dict:
    rng = np.random.default_rng([20, images])
    widths = rng.choice([640, 640, 500, 480, 612], images).astype(float)
    heights = rng.choice([480, 427, 375, 640, 333], images).astype(float)
    counts = np.minimum(rng.negative_binomial(1.05, 1.05 / (1.05 + 7.36), images), 62)
    share = 1.0 / (np.arange(CLASSES) + 6.0) ** 0.9
    share[0] = 0.43 * share[1:].sum()
    share /= share.sum()

    image = np.repeat(np.arange(images), counts)
    n = len(image)
    truth = {
        "image": image,
        "label": rng.choice(CLASSES, n, p=share),
        "box": np.round(boxes_in(rng, widths[image], heights[image], np.exp(rng.normal(np.log(45), 1.1, n)),
                                 np.exp(rng.normal(0, 0.45, n))), 2),
        "crowd": rng.random(n) < 0.012,
    }
    truth["area"] = np.round(truth["box"][:, 2] * truth["box"][:, 3] * rng.uniform(0.45, 0.95, n), 4)

    parts = []
    found = np.flatnonzero(rng.random(n) < 0.82)
    parts.append((image[found], truth["label"][found], jittered(rng, truth["box"][found], 0.06),
                  rng.beta(4, 1.8, len(found))))
    for spread, share_of, a, b in ((0.15, 0.75, 1.6, 4), (0.3, 1.2, 1, 7)):
        again = rng.integers(0, n, int(n * share_of))
        parts.append((image[again], truth["label"][again], jittered(rng, truth["box"][again], spread),
                      rng.beta(a, b, len(again))))
    confused = rng.integers(0, n, int(n * 1.6))
    parts.append((image[confused], rng.choice(CLASSES, len(confused), p=share),
                  jittered(rng, truth["box"][confused], 0.12), rng.beta(1, 8, len(confused))))
    empty = rng.integers(0, images, int(n * 6.3))
    parts.append((empty, rng.choice(CLASSES, len(empty), p=share),
                  boxes_in(rng, widths[empty], heights[empty], np.exp(rng.normal(np.log(50), 1, len(empty))),
                           np.exp(rng.normal(0, 0.5, len(empty)))), rng.beta(0.8, 12, len(empty))))

    image, label, box, score = (np.concatenate([p[k] for p in parts]) for k in range(4))
    score = np.round(np.clip(score, 1e-4, 0.9999), 5)
    left = np.clip(box[:, 0], 0, widths[image] - 1)
    top = np.clip(box[:, 1], 0, heights[image] - 1)
    right = np.clip(box[:, 0] + box[:, 2], left + 1, widths[image])
    bottom = np.clip(box[:, 1] + box[:, 3], top + 1, heights[image])
    box = np.round(np.stack([left, top, right - left, bottom - top], 1), 3)
    order = np.lexsort((-score, image))
    first = np.searchsorted(image[order], np.arange(images))
    order = order[np.arange(len(order)) - first[image[order]] < 100]
    found = {"image": image[order], "label": label[order], "box": box[order], "score": score[order]}
    return {"width": widths.astype(int), "height": heights.astype(int), "truth": truth, "found": found}


def outline(box, rng, points: int = 24) -> list[float]:
    """A wobbly closed outline inside a box."""
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    radius = 0.86 + 0.12 * np.sin(3 * angle + rng.random() * 6.28) * rng.random() + 0.03 * rng.normal(size=points)
    radius = np.clip(radius, 0.4, 1)
    x, y, w, h = box
    return np.round(np.stack([x + w / 2 + radius * np.cos(angle) * w / 2,
                              y + h / 2 + radius * np.sin(angle) * h / 2], 1), 2).reshape(-1).tolist()


def add_masks(data: dict, annotations: list[dict], results: list[dict]) -> None:
    rng = np.random.default_rng(11)
    size = list(zip(data["height"].tolist(), data["width"].tolist()))
    for annotation in annotations:
        h, w = size[annotation["image_id"] - 1]
        polygon = outline(annotation["bbox"], rng)
        encoded = coco_mask.frPyObjects([polygon], h, w)[0]
        annotation["area"] = float(coco_mask.area(encoded))
        if annotation["iscrowd"]:
            annotation["segmentation"] = {"size": [h, w], "counts": encoded["counts"].decode()}
        else:
            annotation["segmentation"] = [polygon]
    for result in results:
        h, w = size[result["image_id"] - 1]
        encoded = coco_mask.frPyObjects([outline(result["bbox"], rng)], h, w)[0]
        result["segmentation"] = {"size": [h, w], "counts": encoded["counts"].decode()}


def write_json(data: dict, folder: Path, name: str, masks: bool) -> None:
    truth, found = data["truth"], data["found"]
    annotations = [
        {"id": k + 1, "image_id": i + 1, "category_id": c, "bbox": b, "area": a, "iscrowd": int(crowd)}
        for k, (i, c, b, a, crowd) in enumerate(zip(
            truth["image"].tolist(), CATEGORIES[truth["label"]].tolist(), truth["box"].tolist(),
            truth["area"].tolist(), truth["crowd"].tolist()))]
    results = [
        {"image_id": i + 1, "category_id": c, "bbox": b, "score": s}
        for i, c, b, s in zip(found["image"].tolist(), CATEGORIES[found["label"]].tolist(),
                              found["box"].tolist(), found["score"].tolist())]
    if masks:
        add_masks(data, annotations, results)
    images = [{"id": i + 1, "width": w, "height": h, "file_name": f"{i + 1:012d}.jpg"}
              for i, (w, h) in enumerate(zip(data["width"].tolist(), data["height"].tolist()))]
    categories = [{"id": int(c), "name": f"class {c}"} for c in CATEGORIES]
    (folder / f"{name}_gt.json").write_text(json.dumps(
        {"images": images, "categories": categories, "annotations": annotations}))
    (folder / f"{name}_dt.json").write_text(json.dumps(results))


def lists(image, values, images: int) -> pa.Array:
    """The values of each image; `values` are sorted by image."""
    per = len(values) // max(1, len(image))
    ends = np.searchsorted(image, np.arange(images + 1)).astype(np.int32) * per
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(values))


def write_columns(data: dict, folder: Path, name: str) -> None:
    """A row per image for us, flat arrays for the peers."""
    n, truth, found = len(data["width"]), data["truth"], data["found"]
    ids = pa.array(np.arange(1, n + 1))
    feather.write_feather(pa.table({
        "image_id": ids, "truth_boxes": lists(truth["image"], truth["box"].reshape(-1), n),
        "truth_labels": lists(truth["image"], CATEGORIES[truth["label"]].astype(np.int64), n),
        "truth_areas": lists(truth["image"], truth["area"], n),
        "truth_crowds": lists(truth["image"], truth["crowd"], n),
    }), str(folder / f"{name}_gt.arrow"), compression="uncompressed")
    feather.write_feather(pa.table({
        "image_id": ids, "boxes": lists(found["image"], found["box"].reshape(-1), n),
        "labels": lists(found["image"], CATEGORIES[found["label"]].astype(np.int64), n),
        "scores": lists(found["image"], found["score"], n),
    }), str(folder / f"{name}_dt.arrow"), compression="uncompressed")
    np.savez(folder / f"{name}.npz", images=n, **{f"truth_{k}": v for k, v in truth.items()},
             **{f"found_{k}": v for k, v in found.items()})


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, images in IMAGES.items():
        if (folder / f"{name}_dt.json").exists():
            continue
        data = make(images)
        write_columns(data, folder, name)
        write_json(data, folder, name, masks=False)
        print(f"{name}: {images:,} images, {len(data['truth']['image']):,} objects, "
              f"{len(data['found']['image']):,} detections", flush=True)
    if not (folder / "masks_dt.json").exists():
        write_json(make(IMAGES["medium"]), folder, "masks", masks=True)


if __name__ == "__main__":
    main()
