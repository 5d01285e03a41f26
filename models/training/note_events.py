"""The vocabulary of note events and their conditions, as rows of classes.

An event has nine columns (MidiMuse.Core.Events.NoteEvent) and nine conditions (MidiMuse.Core.Events.NoteConditions);
class 0 of a condition is "not given".
"""

import torch

VOCABULARY = 2
COLUMNS = (
    "time_shift", "pitch", "duration", "velocity", "position", "bar_phase", "meter", "role", "key",
    "chord", "style", "density", "register", "polyphony", "valence", "energy", "segment", "bars_left",
)
INPUTS = (131, 129, 73, 34, 192, 8, 16, 6, 25, 206, 17, 9, 9, 7, 6, 6, 3, 13)  # classes of the columns
TARGETS = (130, 128, 72, 32)                                                    # classes of the four choices
ATTRIBUTES = ("time", "pitch", "duration", "velocity")
ROLES = ("melody", "chords", "bass", "drums", "piano", "other")
POSITION, PHASE, METER, KEY, CHORD, SEGMENT = 4, 5, 6, 8, 9, 16
CONDITIONS = (9, 10, 11, 12, 13, 14, 15, 17)  # columns that may be given; the segment is always true
TIME_END, TIME_START = 129, 130
START = (TIME_START, 128, 72, 33)
PADDING = 255
IGNORE = -100

# Grid ticks of the time shift classes 0..128 and of the bars of the meter classes 0..14.
TIME_TICKS = list(range(97)) + list(range(102, 193, 6)) + list(range(204, 385, 12))
BAR_TICKS = (96, 72, 48, 72, 96, 36, 108, 144, 144, 120, 144, 84, 60, 168, 48)

# Semitones above the root, by quality (MidiMuse.Core.Harmony.Chord).
QUALITIES = (
    (0, 4, 7), (0, 3, 7), (0, 4, 7, 10), (0, 4, 7, 11), (0, 3, 7, 10), (0, 3, 6, 10), (0, 3, 6), (0, 3, 6, 9), (0, 4, 8),
    (0, 5, 7), (0, 2, 7), (0, 7), (0, 4, 7, 9), (0, 3, 7, 9), (0, 3, 7, 11), (0, 4, 8, 10), (0, 5, 7, 10),
)

assert len(COLUMNS) == len(INPUTS) == 18 and len(TIME_TICKS) == 129 and 2 + 12 * len(QUALITIES) == INPUTS[CHORD]


def without_padding(rows, limits):
    """Replaces padding, and classes that are no choice, by class 0, so that every index is valid."""
    limits = torch.tensor(limits, device=rows.device)
    return torch.where(rows < limits, rows, torch.zeros_like(rows))


def labels_of(targets):
    """int64 [a, b, 4 or more] to labels [4, a, b], IGNORE where nothing is learnt.

    The End row has a time shift only; an unknown velocity (class 32) is no target.
    """
    targets = targets[..., : len(TARGETS)]
    limits = torch.tensor(TARGETS, device=targets.device)
    return torch.where(targets < limits, targets, torch.full_like(targets, IGNORE)).permute(2, 0, 1)
