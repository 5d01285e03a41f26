"""Training sequences from the segments of shards: conditions left out at random, some rearranged for infilling; packed for
the Transformer, in batches of like length for the LSTM.
"""

import numpy as np
import torch

from note_events import BAR_TICKS, CONDITIONS, INPUTS, METER, PADDING, PHASE, POSITION, SEGMENT, START, TIME_END, TIME_TICKS

ALL_OFF_SHARE = 0.2     # of the sequences: nothing is given, the model plays by itself
OFF_SHARE = 0.4         # of each condition in the others
PROMPT_OFF_SHARE = 0.3  # of the sequences: conditions begin somewhere within, as when a setting follows a motif
INFILL_SHARE = 0.15     # of the sequences: past, future, middle

TICKS = np.array(TIME_TICKS)
CLASS_OF_TICKS = np.array([np.abs(TICKS - t).argmin() for t in range(TICKS[-1] + 1)], np.uint8)


def packed_batches(shards, shares, sequences, steps, rng):
    """Endless batches of packed sequences: (events, following, targets, segments), see `packed`.

    shares: role -> share of the notes.
    """
    while True:
        pool = [varied(shards.rows(role, i), steps, rng) for role, i in shards.draw(shares, 24 * sequences, rng)]
        bins = fill(pool, steps)
        rng.shuffle(bins)
        for first in range(0, len(bins) - sequences + 1, sequences):
            yield packed(bins[first : first + sequences], steps)


def padded_batches(shards, shares, notes, chunk, rng):
    """Endless batches of segments of like length, int64 [rows, batch, 18], about `notes` notes in each chunk of `chunk` steps."""
    while True:
        drawn = [with_some_conditions(shards.rows(role, i), rng) for role, i in shards.draw(shares, 2048, rng)]
        drawn.sort(key=len)
        pool = []
        while drawn:
            size = max(1, notes // min(chunk, len(drawn[-1]) - 1))
            pool.append(drawn[-size:])
            drawn = drawn[:-size]
        rng.shuffle(pool)
        for chosen in pool:
            yield padded(chosen)


def padded(segments):
    """int64 [rows of the longest, batch, 18]."""
    rows = np.full((max(len(s) for s in segments), len(segments), len(INPUTS)), PADDING, np.uint8)
    for i, segment in enumerate(segments):
        rows[: len(segment), i] = segment
    return torch.from_numpy(rows.astype(np.int64))


def varied(rows, steps, rng):
    """A segment with some conditions left out, perhaps rearranged: (rows, learnt bool [rows])."""
    rows = with_some_conditions(rows, rng)
    if rng.random() < INFILL_SHARE:
        arranged = infill(rows, steps, rng)
        if arranged is not None:
            return arranged
    return rows, np.ones(len(rows), bool)


def with_some_conditions(rows, rng):
    off = rng.random(len(CONDITIONS)) < (1 if rng.random() < ALL_OFF_SHARE else OFF_SHARE)
    rows[:, np.array(CONDITIONS)[off]] = 0
    if rng.random() < PROMPT_OFF_SHARE:
        rows[: rng.integers(1, len(rows) + 1), list(CONDITIONS)] = 0
    return rows


def infill(rows, steps, rng):
    """Past, [Start with segment 1] future, [Start with segment 2] middle, End; None where the segment is too short.

    Past and middle are learnt. Each part begins on a bar line, from which its first time shift counts.
    """
    notes = rows[1:][rows[1:, 0] < TIME_END]
    if len(notes) < 24 or rows[0, METER] >= len(BAR_TICKS):
        return None
    bar_ticks = BAR_TICKS[rows[0, METER]]
    onsets = TICKS[notes[:, 0]].cumsum()
    bars = onsets // bar_ticks
    inner = np.unique(bars)[1:]
    if len(inner) < 3:
        return None
    first = inner[rng.integers(0, len(inner) - 1)]
    later = inner[inner > first]
    last = later[rng.integers(0, min(8, len(later)))]  # first bar of the future
    past, middle, future = notes[bars < first], notes[(bars >= first) & (bars < last)], notes[bars >= last]
    future = future[: max(0, steps - 3 - len(past) - len(middle))]
    if len(future) < 2 or len(middle) < 2:
        return None
    parts = [
        (rows[:1], True),
        (past, True),
        part(future, onsets[bars >= last][0], last, bar_ticks, 1),
        part(middle, onsets[(bars >= first) & (bars < last)][0], first, bar_ticks, 2),
        (end_row(), True),
    ]
    learnt = np.concatenate([np.full(len(r), l) for r, l in parts])
    return np.concatenate([r for r, _ in parts]), learnt


def part(notes, first_onset, bar, bar_ticks, segment):
    """A Start row on the bar line, then the notes."""
    notes = notes.copy()
    notes[0, 0] = CLASS_OF_TICKS[first_onset - bar * bar_ticks]
    begin = notes[:1].copy()
    begin[0, :4] = START
    begin[0, POSITION], begin[0, PHASE] = 0, bar % 8
    notes = np.concatenate([begin, notes])
    notes[:, SEGMENT] = segment
    return notes, segment == 2


def end_row():
    row = np.full((1, len(INPUTS)), PADDING, np.uint8)
    row[0, 0] = TIME_END
    return row


def fill(pool, steps):
    """First fit, longest first: lists of (rows, learnt) with at most `steps` events to read in all."""
    bins, room = [], []
    for rows, learnt in sorted(pool, key=lambda p: -len(p[0])):
        rows, learnt = rows[: steps + 1], learnt[: steps + 1]
        size = len(rows) - 1
        place = next((i for i, r in enumerate(room) if r >= size), None)
        if place is None:
            bins.append([])
            room.append(steps)
            place = len(bins) - 1
        bins[place].append((rows, learnt))
        room[place] -= size
    return bins


def packed(bins, steps):
    """int64 tensors: events, following [batch, steps, 18], targets [batch, steps, 4], segments [batch, steps] (-1: padding)."""
    shape = (len(bins), steps)
    events = np.full(shape + (len(INPUTS),), PADDING, np.uint8)
    following = np.full(shape + (len(INPUTS),), PADDING, np.uint8)
    targets = np.full(shape + (4,), PADDING, np.uint8)
    segments = np.full(shape, -1, np.int64)
    for b, content in enumerate(bins):
        at = 0
        for number, (rows, learnt) in enumerate(content):
            here = slice(at, at + len(rows) - 1)
            events[b, here], following[b, here] = rows[:-1], rows[1:]
            targets[b, here] = np.where(learnt[1:, None], rows[1:, :4], PADDING)
            segments[b, here] = number
            at += len(rows) - 1
    return tuple(torch.from_numpy(a.astype(np.int64)) for a in (events, following, targets, segments))
