"""Calls a stateful evaluator of a plugin as the host does: chunks of 65,536 rows, a
state each, merged as a binary counter, on all cores. Only ctypes and numpy."""
from __future__ import annotations

import ctypes as c
import json
import os
import threading

import numpy as np

CHUNK = 65536
FORMATS = {"float64": b"g", "float32": b"f", "int64": b"l", "uint64": b"L"}
# Releasing borrowed columns is nothing to do; a C function that does nothing with
# its argument spares the calls back into Python.
NOTHING = c.cast(c.CDLL(None).ffs, c.c_void_p)


class Schema(c.Structure):
    pass


class Array(c.Structure):
    pass


Schema._fields_ = [
    ("format", c.c_char_p), ("name", c.c_char_p), ("metadata", c.c_char_p), ("flags", c.c_int64),
    ("n_children", c.c_int64), ("children", c.POINTER(c.POINTER(Schema))),
    ("dictionary", c.POINTER(Schema)), ("release", c.c_void_p), ("private_data", c.c_void_p)]
Array._fields_ = [
    ("length", c.c_int64), ("null_count", c.c_int64), ("offset", c.c_int64),
    ("n_buffers", c.c_int64), ("n_children", c.c_int64), ("buffers", c.POINTER(c.c_void_p)),
    ("children", c.POINTER(c.POINTER(Array))), ("dictionary", c.POINTER(Array)),
    ("release", c.c_void_p), ("private_data", c.c_void_p)]


class Error(c.Structure):
    _fields_ = [("size", c.c_uint32), ("code", c.c_int32), ("flags", c.c_uint32),
                ("reserved", c.c_uint32), ("row", c.c_int64), ("text", c.c_char * 1000)]


WANTS = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_char_p)
METRIC = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_char_p, c.c_double, c.c_void_p)
UNDEFINED = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_char_p, c.c_char_p, c.c_void_p)
TABLE = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_char_p, c.c_void_p, c.c_void_p)


class Sink(c.Structure):
    _fields_ = [("size", c.c_uint32), ("reserved", c.c_uint32), ("context", c.c_void_p),
                ("interval_level", c.c_double), ("wants", WANTS), ("metric", METRIC),
                ("undefined", UNDEFINED), ("table", TABLE)]


def sink(wanted: set[str]):
    """A sink and the metrics that it will hold."""
    found: dict[str, float] = {}

    def metric(_, name, value, __):
        found[name.decode()] = value
        return 0

    made = Sink(c.sizeof(Sink), 0, None, 0.0, WANTS(lambda _, name: name.decode() in wanted),
                METRIC(metric), UNDEFINED(lambda *_: 0), TABLE(lambda *_: 1))
    return made, found


class Columns:
    """Numpy columns as struct arrays of at most a chunk, not copied."""

    def __init__(self, columns: dict[str, np.ndarray]):
        self.columns = columns
        self.rows = len(next(iter(columns.values())))
        self.fields = [Schema(FORMATS[str(a.dtype)], name.encode(), None, 0, 0, None, None, NOTHING.value)
                       for name, a in columns.items()]
        children = (c.POINTER(Schema) * len(self.fields))(*map(c.pointer, self.fields))
        self.schema = Schema(b"+s", b"", None, 0, len(self.fields), children, None, NOTHING.value)

    def chunk(self, start: int):
        count = min(CHUNK, self.rows - start)
        kept, children = [], []
        for array in self.columns.values():
            buffers = (c.c_void_p * 2)(None, array.ctypes.data + start * array.itemsize)
            children.append(c.pointer(Array(count, 0, 0, 2, 0, buffers, None, None, NOTHING.value)))
            kept.append(buffers)
        pointers = (c.POINTER(Array) * len(children))(*children)
        none = (c.c_void_p * 1)(None)
        batch = Array(count, 0, 0, 1, len(children), none, pointers, None, NOTHING.value)
        return batch, (kept, children, pointers, none)


class Evaluator:
    def __init__(self, library: str, name: str, parameters: dict):
        self.library = c.CDLL(os.path.abspath(library))
        self.name = name
        self.parameters = json.dumps(parameters).encode()

    def call(self, role: str, *arguments):
        error = Error(size=c.sizeof(Error))
        if getattr(self.library, f"{self.name}_{role}")(*arguments, c.byref(error)) != 0:
            raise RuntimeError(f"{self.name}_{role}: {error.text.decode()}")

    def state(self) -> c.c_void_p:
        state = c.c_void_p()
        self.call("create", self.parameters, c.c_size_t(len(self.parameters)), c.byref(state))
        return state

    def destroy(self, state: c.c_void_p):
        destroy = getattr(self.library, f"{self.name}_destroy")
        destroy.restype = None
        destroy(state)

    def merge(self, into: c.c_void_p, other: c.c_void_p):
        self.call("merge", into, other)
        self.destroy(other)

    def part(self, columns: Columns, starts, out: list):
        """The states of some chunks, merged as a binary counter."""
        stack: list[tuple[c.c_void_p, int]] = []
        for start in starts:
            state, level = self.state(), 0
            batch, kept = columns.chunk(start)
            self.call("update", state, c.byref(columns.schema), c.byref(batch))
            while stack and stack[-1][1] == level:
                into, _ = stack.pop()
                self.merge(into, state)
                state, level = into, level + 1
            stack.append((state, level))
        out.extend(state for state, _ in stack)

    def fill(self, columns: Columns, threads: int) -> c.c_void_p:
        starts = list(range(0, columns.rows, CHUNK))
        share = -(-len(starts) // threads)
        parts: list[list] = [[] for _ in range(threads)]
        workers = [threading.Thread(target=self.part, args=(columns, starts[i * share:(i + 1) * share], parts[i]))
                   for i in range(threads)]
        [w.start() for w in workers]
        [w.join() for w in workers]
        states = [state for part in parts for state in part]
        while len(states) > 1:
            last = states.pop()
            self.merge(states[-1], last)
        return states[0]

    def run(self, columns: Columns, wanted: set[str], threads: int) -> dict[str, float]:
        state = self.fill(columns, threads)
        made, found = sink(wanted)
        self.call("finish", state, c.byref(made))
        self.destroy(state)
        return found

    def replicates(self, columns: Columns, wanted: set[str], count: int):
        """Prepares, and gives a function that draws `count` replicates on one core."""
        state = self.fill(columns, 1)
        resample = lambda n, sinks: self.call(
            "resample", state, c.c_uint64(0), c.c_int64(0), c.c_int64(n), sinks)
        resample(0, None)

        def draw():
            made = [sink(wanted) for _ in range(count)]
            resample(count, (Sink * count)(*(m for m, _ in made)))
            return [found for _, found in made]
        return draw
