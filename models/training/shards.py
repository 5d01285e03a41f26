"""Training shards: uint8 [segments, rows, 18] for each role, as `midimuse-models shards` writes them.

The LSTM reads the nine columns of vocabulary 1, which come first in vocabulary 2.
"""

import json
import os

import numpy as np
import torch

from lstm import COLUMNS, PADDING, VOCABULARY


class Shards:
    def __init__(self, folder, name, device="cpu"):
        if not os.path.exists(os.path.join(folder, "index.json")):
            raise SystemExit(f"There are no shards in {folder}: write them with `midimuse-models shards` (models/README.md).")
        with open(os.path.join(folder, "index.json")) as file:
            index = json.load(file)
        if index["vocabulary"] not in (VOCABULARY, VOCABULARY + 1):
            raise SystemExit(f"The shards have vocabulary {index['vocabulary']}, this script knows {VOCABULARY} and {VOCABULARY + 1}.")
        self.device = device
        self.segments, self.lengths = {}, {}
        for entry in index["files"]:
            if entry["set"] != name:
                continue
            shape = (entry["segments"], index["rows"], index["columns"])
            array = np.memmap(os.path.join(folder, entry["file"]), dtype=np.uint8, mode="r", shape=shape)
            self.segments[entry["role"]] = array
            self.lengths[entry["role"]] = (array[:, :, 0] != PADDING).sum(1)  # rows, the Start row included

    def rows(self, chosen):
        """The segments of [(role, index)] as int64 [rows, batch, 9], cut after the longest one."""
        longest = max(self.lengths[role][i] for role, i in chosen)
        rows = np.stack([self.segments[role][i, :longest, : len(COLUMNS)] for role, i in chosen], axis=1)
        return torch.from_numpy(rows.astype(np.int64)).to(self.device)

    def batches(self, shares, notes, chunk, rng):
        """Endless batches of segments of like length, about `notes` notes in each chunk of `chunk` steps.

        shares: role -> share of the notes.
        """
        roles = [role for role in shares if role in self.segments]
        weights = np.array([shares[role] / self.lengths[role].mean() for role in roles])
        weights /= weights.sum()
        while True:
            drawn = [(roles[r], rng.integers(len(self.lengths[roles[r]]))) for r in rng.choice(len(roles), 2048, p=weights)]
            drawn.sort(key=lambda s: self.lengths[s[0]][s[1]])
            pool = []
            while drawn:
                steps = min(chunk, self.lengths[drawn[-1][0]][drawn[-1][1]] - 1)
                size = max(1, notes // int(steps))
                pool.append(drawn[-size:])
                drawn = drawn[:-size]
            rng.shuffle(pool)
            for chosen in pool:
                yield self.rows(chosen)
