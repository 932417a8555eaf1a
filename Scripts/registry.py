#!/usr/bin/env python3
"""Writes Registry/NAME/definition.json for each evaluator that ships, and Registry/index.json.

usage: Scripts/registry.py            write them from Plugins/*/Manifest/manifest.json
       Scripts/registry.py --check    change nothing; exit 1 where something is out of date

A metric card, Registry/NAME/README.md, is written by hand. Where there is none yet, one is begun
from the manifest. The check says which evaluators have no folder yet, and lets them pass. A card that does not name every metric, table and parameter of its evaluator,
each in a heading or a table as `name`, is refused.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
REGISTRY = ROOT / "Registry"


def manifests():
    """The manifests of what ships, by name of the folder."""
    for path in sorted(ROOT.glob("Plugins/*/Manifest/manifest.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def definition(manifest, evaluator):
    """An evaluator of the registry: what a user sees of it, without the C functions behind it."""
    entry = {
        "object": "evaluator",
        "name": evaluator["name"],
        "description": evaluator.get("summary"),
        "type": "plugin",
        "mode": evaluator["mode"],
        "task": evaluator.get("task", "other"),
        "evaluator": f"{evaluator['name']}@{manifest['version']}",
        "plugin": manifest["plugin"],
        "version": manifest["version"],
        "headline": evaluator.get("headline"),
    }
    for key in ("inputs", "parameters", "metrics", "tables", "row", "reader"):
        if key in evaluator:
            entry[key] = evaluator[key]
    return entry


def card_begun(entry):
    """A card to begin with: everything that the manifest says."""
    lines = [f"# {entry['name']}", "", entry["description"] or "", ""]
    sections = {
        "Inputs": [(name, " or ".join(v["types"])) for name, v in entry.get("inputs", {}).items()],
        "Parameters": [
            (name, v.get("description", ""))
            for name, v in entry.get("parameters", {}).get("properties", {}).items()
        ],
        "Metrics": [(name, v.get("summary", "")) for name, v in entry.get("metrics", {}).items()],
        "Tables": [
            (name, v.get("summary", ", ".join(v["columns"])))
            for name, v in entry.get("tables", {}).items()
        ],
    }
    for title, rows in sections.items():
        if rows:
            lines += [f"## {title}", "", "| name | meaning |", "| --- | --- |"]
            lines += [f"| `{name}` | {text} |" for name, text in rows] + [""]
    return "\n".join(lines)


def missing_in_card(entry, card):
    names = [
        *entry.get("metrics", {}), *entry.get("tables", {}),
        *entry.get("parameters", {}).get("properties", {}), *entry.get("inputs", {}),
    ]
    return [name for name in names if f"`{name}`" not in card]


def text(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def main(check):
    wanted, problems, index = {}, [], []
    for manifest in manifests():
        for evaluator in manifest.get("evaluators", []):
            entry = definition(manifest, evaluator)
            name = entry["name"]
            if check and not (REGISTRY / name).exists():
                print(f"registry: {name} has no folder yet; Scripts/registry.py makes it")
                continue
            card = REGISTRY / name / "README.md"
            wanted[REGISTRY / name / "definition.json"] = text(entry)
            if card.exists():
                missing = missing_in_card(entry, card.read_text(encoding="utf-8"))
                if missing:
                    problems.append(f"Registry/{name}/README.md says nothing of {', '.join(missing)}")
            else:
                wanted[card] = card_begun(entry)
            index.append(
                {key: entry[key] for key in ("name", "version", "plugin", "mode", "task", "headline", "description")}
                | {"definition": f"{name}/definition.json", "card": f"{name}/README.md"})
    index.sort(key=lambda entry: entry["name"])
    wanted[REGISTRY / "index.json"] = text({"object": "list", "data": index, "total": len(index)})

    known = {path.parent for path in wanted}
    strays = [p for p in REGISTRY.glob("*/definition.json") if p.parent not in known]
    problems += [f"{p.relative_to(ROOT)} is of an evaluator that does not ship; remove its folder" for p in strays]
    for path, content in wanted.items():
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        if check:
            problems.append(f"{path.relative_to(ROOT)} is out of date; run Scripts/registry.py and commit what it writes")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            print(f"registry: wrote {path.relative_to(ROOT)}")
    for problem in problems:
        print(f"registry: {problem}", file=sys.stderr)
    if not problems and check:
        print(f"registry: {len(index)} evaluators are up to date")
    return 1 if problems else 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    sys.exit(main(check=sys.argv[1:] == ["--check"]))
