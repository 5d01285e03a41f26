"""Pattern shards as `midimuse-models pattern-shards` writes them, cut into batches for the VAE and the GAN.

A pattern is up to sixteen quarters of a part as notes (step, pitch, duration), MidiMuse.Core.Patterns. Eight steps a
quarter: 0, 4, 6, 8, 12, 16, 18, 20 of its 24 grid ticks. The tonic is moved to a C, the mean pitch into the octave around
middle C.
"""

import json
import os
from dataclasses import dataclass

import numpy as np
import torch

# PatternVocabulary, version 1.
VOCABULARY = 1
STEPS_PER_QUARTER = 8
QUARTERS = 16
LOWEST_PITCH = 24
PITCHES = 73
DURATIONS = 16
COUNTS = 7
METERS = 16
MODES = 3
ROLES = ("melody", "chords", "bass", "drums", "piano", "other")
CONDITIONS = len(ROLES) + MODES + METERS
FEATURES = STEPS_PER_QUARTER * (PITCHES + DURATIONS)
DRUMS = ROLES.index("drums")
MIDDLE = 60
COMMON_BAR = 32  # steps of a bar of 4/4

# A drum or a piece of unknown key is not moved; so that the models also know pitched music of unknown key, this share
# of it is told as such, in a random transposition.
HIDDEN_KEYS = 0.1

FIRST, NOTES, BARS, BAR_STEPS, METER, MODE = range(6)  # columns of a window


@dataclass
class Batch:
    """Patterns, and their notes one after the other (sorted by pattern, step, pitch)."""

    role: torch.Tensor  # int64 [patterns]
    mode: torch.Tensor  # int64 [patterns]
    meter: torch.Tensor  # int64 [patterns]
    steps: torch.Tensor  # int64 [patterns]
    owner: torch.Tensor  # int64 [notes]
    step: torch.Tensor  # int64 [notes]
    pitch: torch.Tensor  # int64 [notes]
    duration: torch.Tensor  # int64 [notes]

    @property
    def size(self):
        return len(self.role)

    @property
    def quarters(self):
        """Quarters that the longest pattern begins."""
        return int(-(-self.steps.max() // STEPS_PER_QUARTER))

    def conditions(self):
        """One-hot role, mode and meter: f32 [patterns, 25]."""
        one_hot = torch.nn.functional.one_hot
        return torch.cat([one_hot(self.role, len(ROLES)), one_hot(self.mode, MODES), one_hot(self.meter, METERS)], 1).float()

    def coverage(self, quarters):
        """The share of each quarter that the pattern covers: f32 [patterns, quarters]."""
        begun = self.steps[:, None] / STEPS_PER_QUARTER - torch.arange(quarters, device=self.steps.device)
        return begun.clamp(0, 1)

    def features(self, quarters):
        """How often each (step, pitch), then each (step, duration) of a quarter occurs: f32 [patterns, quarters, 712]."""
        place = (self.owner * quarters + self.step // STEPS_PER_QUARTER) * FEATURES
        inside = self.step % STEPS_PER_QUARTER
        x = torch.zeros(self.size * quarters * FEATURES, device=self.owner.device)
        ones = torch.ones(len(place), device=x.device)
        x.index_add_(0, place + inside * PITCHES + self.pitch, ones)
        x.index_add_(0, place + STEPS_PER_QUARTER * PITCHES + inside * DURATIONS + self.duration, ones)
        return x.view(self.size, quarters, FEATURES)

    def counts(self, quarters):
        """Notes that begin on each step, the last class is 6 or more: int64 [patterns, steps]."""
        length = quarters * STEPS_PER_QUARTER
        counts = torch.zeros(self.size * length, dtype=torch.int64, device=self.owner.device)
        counts.index_add_(0, self.owner * length + self.step, torch.ones_like(self.step))
        return counts.clamp(max=COUNTS - 1).view(self.size, length)


class PatternShards:
    def __init__(self, folder, name, device="cpu"):
        path = os.path.join(folder, "index.json")
        if not os.path.exists(path):
            raise SystemExit(f"There are no pattern shards in {folder}: write them with `midimuse-models pattern-shards` (models/README.md).")
        with open(path) as file:
            index = json.load(file)
        if index.get("kind") != "patterns" or index["vocabulary"] != VOCABULARY:
            raise SystemExit(f"{folder} does not hold pattern shards of vocabulary {VOCABULARY}.")
        self.device = device
        self.notes, self.windows = {}, {}
        for entry in index["files"]:
            if entry["set"] == name:
                files = os.path.join(folder, entry["name"])
                self.notes[entry["role"]] = np.fromfile(files + ".notes.u8", np.uint8).reshape(-1, 3)
                self.windows[entry["role"]] = np.fromfile(files + ".windows.i32", np.int32).reshape(-1, 6)

    def draw(self, shares, size, bars, rng, hidden_keys=HIDDEN_KEYS):
        """A batch of `size` patterns of `bars` bars (half as many where bars are longer than 4/4), roles by shares."""
        roles = [role for role in shares if role in self.windows]
        weights = np.array([shares[role] for role in roles])
        drawn = rng.choice(len(roles), size, p=weights / weights.sum())
        chosen = [(roles[r], int(rng.integers(len(self.windows[roles[r]])))) for r in drawn]
        lengths = [bars if self.windows[role][i][BAR_STEPS] <= COMMON_BAR else max(1, bars // 2) for role, i in chosen]
        starts = [int(rng.integers(max(1, self.windows[role][i][BARS] // n))) * n for (role, i), n in zip(chosen, lengths)]
        return self.cut(chosen, starts, lengths, rng, hidden_keys)

    def cut(self, chosen, starts, bars, rng=None, hidden_keys=0.0, framed=None):
        """The patterns of bars[i] bars from bar starts[i] on of [(role, window)]; bars may be one number for all.

        framed: bars from the same place whose mean pitch chooses the octave; all of them where not given.
        """
        bars = [bars] * len(chosen) if isinstance(bars, int) else bars
        rows = [self._rows(role, i, start, n, framed or n, rng, hidden_keys) for (role, i), start, n in zip(chosen, starts, bars)]
        head = np.array([r[0] for r in rows], np.int64).reshape(-1, 4)
        notes = np.concatenate([r[1] for r in rows])
        owner = np.repeat(np.arange(len(rows)), [len(r[1]) for r in rows])
        tensors = [*head.T, owner, *notes.T]
        return Batch(*(torch.from_numpy(np.ascontiguousarray(t, np.int64)).to(self.device) for t in tensors))

    def _rows(self, role, index, start, bars, framed, rng, hidden_keys):
        window = self.windows[role][index]
        bars, length = min(bars, window[BARS] - start), window[BAR_STEPS]
        notes = self.notes[role][window[FIRST] : window[FIRST] + window[NOTES]].astype(np.int64)
        first = start * length
        octave = notes[(notes[:, 0] >= first) & (notes[:, 0] < first + min(framed, bars) * length)]
        notes = notes[(notes[:, 0] >= first) & (notes[:, 0] < first + bars * length)]
        notes[:, 0] -= first
        mode, shift = window[MODE], 0
        if role != "drums":
            if rng is not None and rng.random() < hidden_keys:
                mode, shift = 0, int(rng.integers(-6, 6))
            shift += frame_shift(octave[:, 1] + shift)
            notes[:, 1] += shift
        notes[:, 1] = fold(notes[:, 1]) - LOWEST_PITCH
        # Folding can make unisons, and breaks the order of pitches.
        notes = notes[np.lexsort((-notes[:, 2], notes[:, 1], notes[:, 0]))]
        new = np.ones(len(notes), bool)
        new[1:] = (np.diff(notes[:, 0]) != 0) | (np.diff(notes[:, 1]) != 0)
        return (ROLES.index(role), mode, window[METER], bars * length), notes[new]


def frame_shift(pitches):
    """Octaves, in semitones, that bring the mean of pitches next to middle C (PatternFrame)."""
    return 12 * int(np.round((MIDDLE - pitches.mean()) / 12)) if len(pitches) else 0


def fold(pitches):
    """Pitches outside of the table come in by octaves."""
    highest = LOWEST_PITCH + PITCHES - 1
    pitches = np.where(pitches < LOWEST_PITCH, LOWEST_PITCH + (pitches - LOWEST_PITCH) % 12, pitches)
    return np.where(pitches > highest, highest - (highest - pitches) % 12, pitches)
