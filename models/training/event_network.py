"""What the Transformer and the LSTM have in common: embeddings of note events, and four sequential heads.

A backbone reads the events so far and gives a context; the heads then choose the next event's attributes one after the
other, each seeing the choices before it:

    time     from context
    pitch    from context + time + the onset's position in the bar + its bar phase + the chord there
    duration from that + pitch
    velocity from that + duration

Embeddings are sums of a row of their own and of rows that classes share (pitch class and octave, root, quality and
notes of a chord, place within the beat), so that rare classes learn from common ones; `folded` adds them up for export.

Runs on torch 1.13 and later, CPU and CUDA.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

from note_events import CHORD, IGNORE, INPUTS, KEY, PHASE, POSITION, QUALITIES, TARGETS, without_padding


def pitch_features(classes):
    """Pitch class and octave. [classes, 23]"""
    f = torch.zeros(classes, 23)
    for p in range(128):
        f[p, p % 12] = 1
        f[p, 12 + p // 12] = 1
    return f


def chord_features():
    """Root, quality and notes. [206, 41]"""
    f = torch.zeros(INPUTS[CHORD], 12 + len(QUALITIES) + 12)
    for quality, intervals in enumerate(QUALITIES):
        for root in range(12):
            row = 2 + quality * 12 + root
            f[row, root] = 1
            f[row, 12 + quality] = 1
            for i in intervals:
                f[row, 12 + len(QUALITIES) + (root + i) % 12] = 1
    return f


def position_features():
    """Place within the quarter, and the quarter. [192, 32]"""
    f = torch.zeros(INPUTS[POSITION], 32)
    for p in range(INPUTS[POSITION]):
        f[p, p % 24] = 1
        f[p, 24 + p // 24] = 1
    return f


def key_features():
    """Mode, and the notes of the scale. [25, 14]"""
    f = torch.zeros(INPUTS[KEY], 14)
    for key in range(1, 25):
        tonic, minor = (key - 1) % 12, key > 12
        f[key, 12 + minor] = 1
        for step in (0, 2, 3, 5, 7, 8, 10) if minor else (0, 2, 4, 5, 7, 9, 11):
            f[key, (tonic + step) % 12] = 1
    return f


class Table(nn.Module):
    """An embedding table [classes, width]: own rows, and shared ones where there are features [classes, shared]."""

    def __init__(self, classes, width, features=None, std=0.05):
        super().__init__()
        self.own = nn.Parameter(torch.randn(classes, width) * std)
        if features is not None:
            self.register_buffer("features", features, persistent=False)
            self.shared = nn.Parameter(torch.randn(features.shape[1], width) * std)

    def weight(self):
        return self.own + self.features @ self.shared if hasattr(self, "shared") else self.own

    def forward(self, indices):
        return F.embedding(indices, self.weight())

    @torch.no_grad()
    def set(self, weight):
        """Own rows as given, shared ones zero. Classes and dimensions that `weight` does not have are zero."""
        self.own.zero_()
        self.own[: weight.shape[0], : weight.shape[1]] = weight
        if hasattr(self, "shared"):
            self.shared.zero_()


class Logits(nn.Module):
    """Linear to classes whose weights share features as a table does."""

    def __init__(self, width, classes, features=None):
        super().__init__()
        self.table = Table(classes, width, features, std=0.01)
        self.bias = nn.Parameter(torch.zeros(classes))

    def forward(self, x):
        return F.linear(x, self.table.weight(), self.bias)


class Residual(nn.Module):
    """x + MLP(x)"""

    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, width)
        self.down = nn.Linear(width, width)
        with torch.no_grad():
            for layer, zero in ((self.up, False), (self.down, True)):
                layer.bias.zero_()
                layer.weight.zero_() if zero else layer.weight.normal_(std=1 / math.sqrt(width))

    def forward(self, x):
        return x + self.down(F.relu(self.up(x)))


class EventNetwork(nn.Module):
    """Embeddings of width `embedding`, heads on a context of `width`; the backbone between them is the derived class's."""

    def __init__(self, embedding, width):
        super().__init__()
        shared = {1: pitch_features(INPUTS[1]), POSITION: position_features(), KEY: key_features(), CHORD: chord_features()}
        self.events = nn.ModuleList([Table(n, embedding, shared.get(i), std=0.1) for i, n in enumerate(INPUTS)])
        offsets = [sum(INPUTS[:i]) for i in range(len(INPUTS))]
        self.register_buffer("offsets", torch.tensor(offsets), persistent=False)
        self.time = Logits(width, TARGETS[0])
        self.pitch_of_time = Table(TARGETS[0], width)
        self.pitch_of_position = Table(INPUTS[POSITION], width, position_features())
        self.pitch_of_phase = Table(INPUTS[PHASE], width)
        self.pitch_of_chord = Table(INPUTS[CHORD], width, chord_features())
        self.pitch_mlp = Residual(width)
        self.pitch = Logits(width, TARGETS[1], pitch_features(TARGETS[1]))
        self.duration_of_pitch = Table(TARGETS[1], width, pitch_features(TARGETS[1]))
        self.duration_mlp = Residual(width)
        self.duration = Logits(width, TARGETS[2])
        self.velocity_of_duration = Table(TARGETS[2], width)
        self.velocity_mlp = Residual(width)
        self.velocity = Logits(width, TARGETS[3])

    def embedded(self, events):
        """int64 [a, b, 18] to the sums of the columns' rows [a, b, embedding]; all columns share one table."""
        table = torch.cat([t.weight() for t in self.events])
        return F.embedding_bag((events + self.offsets).flatten(0, 1), table, mode="sum").view(*events.shape[:2], -1)

    def pitch_head(self, context, time, position, phase, chord):
        x = context + self.pitch_of_time(time) + self.pitch_of_position(position) + self.pitch_of_phase(phase) + self.pitch_of_chord(chord)
        x = self.pitch_mlp(x)
        return self.pitch(x), x

    def duration_head(self, x, pitch):
        x = self.duration_mlp(x + self.duration_of_pitch(pitch))
        return self.duration(x), x

    def velocity_head(self, x, duration):
        return self.velocity(self.velocity_mlp(x + self.velocity_of_duration(duration)))

    def heads(self, context, following):
        """Four logits [a, b, classes] of the events after these, given the choices made there (teacher forcing).

        context [a, b, width]; following int64 [a, b, 18], padding already replaced by a valid class.
        """
        time, pitch, duration = following[..., 0], following[..., 1], following[..., 2]
        pitch_logits, x = self.pitch_head(context, time, following[..., POSITION], following[..., PHASE], following[..., CHORD])
        duration_logits, x = self.duration_head(x, pitch)
        return self.time(context), pitch_logits, duration_logits, self.velocity_head(x, duration)

    @torch.no_grad()
    def fold(self):
        """Adds the shared rows of every table to its own; the answers stay the same."""
        for module in self.modules():
            if isinstance(module, Table):
                module.set(module.weight().clone())
        return self

    def folded(self):
        """Every weight under the name and in the shape that the ONNX builder reads: shared rows added up."""
        with torch.no_grad():
            tensors = {"events.weight": torch.cat([t.weight() for t in self.events])}
            inside = {id(p) for m in self.modules() if isinstance(m, (Table, Logits)) for p in m.parameters()}
            for name, module in self.named_modules():
                if isinstance(module, Logits):
                    tensors[f"{name}.weight"], tensors[f"{name}.bias"] = module.table.weight(), module.bias
                elif isinstance(module, Table) and not name.endswith(".table") and not name.startswith("events."):
                    tensors[f"{name}.weight"] = module.weight()
            tensors.update((name, p) for name, p in self.named_parameters() if id(p) not in inside)
            return {k: v.detach().clone() for k, v in tensors.items()}

    @torch.no_grad()
    def unfold(self, tensors):
        """Takes over weights as `folded` gives them: all of a table becomes its own rows, shared ones begin at zero.

        They may be those of a smaller network: what it does not have changes nothing at first, because it begins with
        outputs of zero (layers, units of a feed-forward layer) or is zero itself (columns at the end of an event,
        dimensions of a context).
        """
        rest = dict(tensors)
        columns = rest.pop("events.weight")
        for table, rows in zip(self.events, columns.split(INPUTS[: self.columns_of(len(columns))])):
            table.set(rows)
        for table in self.events[self.columns_of(len(columns)) :]:
            table.set(table.own[:0])
        for name, module in self.named_modules():
            if isinstance(module, Table) and not name.startswith("events."):
                module.set(rest.pop(name.removesuffix(".table") + ".weight", module.own[:0]))
        for name, parameter in self.named_parameters():
            if name in rest:
                value = rest.pop(name)
                parameter[tuple(slice(0, n) for n in value.shape)] = value
        if rest:
            raise ValueError(f"These weights are of another network; left over: {', '.join(rest)}.")

    @staticmethod
    def columns_of(rows):
        """How many columns a table of all of them has that has so many rows."""
        count = next((i for i in range(len(INPUTS) + 1) if sum(INPUTS[:i]) == rows), None)
        if count is None:
            raise ValueError(f"A table of {rows} rows is of another vocabulary.")
        return count


def nats_of(logits, labels):
    """Nats of each choice, f32 [4, a, b]: zero where nothing is learnt. labels int64 [4, a, b]."""
    return torch.stack([
        F.cross_entropy(l.flatten(0, 1).float(), labels[i].flatten(), ignore_index=IGNORE, reduction="none").view(labels[i].shape)
        for i, l in enumerate(logits)
    ])


def valid_inputs(events, following):
    """Both without padding, so that every index is valid."""
    return without_padding(events, INPUTS), without_padding(following, TARGETS + INPUTS[4:])
