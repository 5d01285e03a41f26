"""Training shards: uint8 [segments, rows, 18] for each set and role, as `midimuse-models shards` writes them."""

import json
import os

import numpy as np

from note_events import INPUTS, PADDING, VOCABULARY

# Shares of the notes that each role has in training.
SHARES = dict(melody=0.26, piano=0.34, drums=0.14, bass=0.12, chords=0.06, other=0.08)


class Shards:
    """The segments of one set, by role."""

    def __init__(self, folder, name):
        if not os.path.exists(os.path.join(folder, "index.json")):
            raise SystemExit(f"There are no shards in {folder}: write them with `midimuse-models shards` (models/README.md).")
        with open(os.path.join(folder, "index.json")) as file:
            index = json.load(file)
        if index["vocabulary"] != VOCABULARY or index["columns"] != len(INPUTS):
            raise SystemExit(f"The shards have vocabulary {index['vocabulary']}, this script knows {VOCABULARY}.")
        self.segments, self.lengths = {}, {}
        for entry in index["files"]:
            if entry["set"] != name:
                continue
            shape = (entry["segments"], index["rows"], index["columns"])
            array = np.memmap(os.path.join(folder, entry["file"]), dtype=np.uint8, mode="r", shape=shape)
            self.segments[entry["role"]] = array
            self.lengths[entry["role"]] = (array[:, :, 0] != PADDING).sum(1)  # rows, the Start row included

    def rows(self, role, index):
        """One segment without its padding, uint8 [rows, 18]."""
        return np.array(self.segments[role][index, : self.lengths[role][index]])

    def draw(self, shares, count, rng):
        """Random segments, [(role, index)], so that each role has its share of the notes. shares: role -> share."""
        roles = [role for role in shares if role in self.segments]
        weights = np.array([shares[role] / self.lengths[role].mean() for role in roles])
        weights /= weights.sum()
        return [(roles[r], rng.integers(len(self.lengths[roles[r]]))) for r in rng.choice(len(roles), count, p=weights)]

    def spread(self, role, most):
        """At most so many segments of a role, the same ones every time: their indices."""
        count = len(self.lengths[role])
        return list(range(0, count, max(1, count // most)))[:most]
