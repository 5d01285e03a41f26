"""The Transformer of MidiMuse: a decoder and four sequential heads over note events.

A note event has nine columns (MidiMuse.Core.Events.NoteEvent) and nine conditions (MidiMuse.Core.Events.NoteConditions);
class 0 of a condition is "not given". The backbone reads the events so far and gives a context; the heads then choose
the next event's attributes one after the other, each seeing the choices before it:

    time     from context
    pitch    from context + time + the onset's position in the bar + its bar phase + the chord there
    duration from that + pitch
    velocity from that + duration

Pre-norm blocks without biases or gains: x + O attention(RMS(x)), x + D relu(U RMS(x))^2 (So et al., Primer, 2021), rotary
positions (Su et al., RoFormer, 2021), residual outputs that begin at zero.

Embeddings are sums of a row of their own and of rows that classes share (pitch class and octave, root, quality and
notes of a chord, place within the beat), so that rare classes learn from common ones; `folded` adds them up for export.

Runs on torch 1.13 and later, CPU and CUDA.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

VOCABULARY = 2
COLUMNS = (
    "time_shift", "pitch", "duration", "velocity", "position", "bar_phase", "meter", "role", "key",
    "chord", "style", "density", "register", "polyphony", "valence", "energy", "segment", "bars_left",
)
INPUTS = (131, 129, 73, 34, 192, 8, 16, 6, 25, 206, 17, 9, 9, 7, 6, 6, 3, 13)
TARGETS = (130, 128, 72, 32)
ATTRIBUTES = ("time", "pitch", "duration", "velocity")
ROLES = ("melody", "chords", "bass", "drums", "piano", "other")
POSITION, PHASE, METER, CHORD, SEGMENT = 4, 5, 6, 9, 16
CONDITIONS = (9, 10, 11, 12, 13, 14, 15, 17)  # columns that may be given; the segment is always true
TIME_END, TIME_START = 129, 130
START = (130, 128, 72, 33)
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
    f = torch.zeros(INPUTS[8], 14)
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


class Logits(nn.Module):
    """Linear to classes whose weights share features as a table does."""

    def __init__(self, width, classes, features=None):
        super().__init__()
        self.table = Table(classes, width, features, std=0.01)
        self.bias = nn.Parameter(torch.zeros(classes))

    def forward(self, x):
        return F.linear(x, self.table.weight(), self.bias)


def norm(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)


def linear(inputs, outputs, zero=False):
    layer = nn.Linear(inputs, outputs, bias=False)
    with torch.no_grad():
        layer.weight.zero_() if zero else layer.weight.normal_(std=1 / math.sqrt(inputs))
    return layer


class Block(nn.Module):
    def __init__(self, width, heads, feed):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v = linear(width, width), linear(width, width), linear(width, width)
        self.o = linear(width, width, zero=True)
        self.up, self.down = linear(width, feed), linear(feed, width, zero=True)

    def forward(self, x, rotation, mask):
        batch, steps, width = x.shape
        y = norm(x)
        q, k, v = (l(y).view(batch, steps, self.heads, -1).transpose(1, 2) for l in (self.q, self.k, self.v))
        x = x + self.o(attend(rotate(q, rotation), rotate(k, rotation), v, mask).transpose(1, 2).reshape(batch, steps, width))
        return x + self.down(F.relu(self.up(norm(x))).square())


def attend(q, k, v, mask):
    """mask: additive, [batch, 1, steps, steps]."""
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    scores = (q * (1 / math.sqrt(q.shape[-1]))) @ k.transpose(-1, -2)
    return torch.softmax(scores.add_(mask), -1) @ v


def rotate(x, rotation):
    """Rotary positions, halves (not interleaved): ONNX Runtime's RotaryEmbedding with interleaved = 0."""
    cos, sin = rotation
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


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


class TransformerModel(nn.Module):
    ROTARY_BASE = 10000.0

    def __init__(self, width=256, layers=4, heads=4, feed=1024):
        super().__init__()
        self.config = dict(width=width, layers=layers, heads=heads, feed=feed)
        shared = {1: pitch_features(INPUTS[1]), POSITION: position_features(), 8: key_features(), CHORD: chord_features()}
        self.events = nn.ModuleList([Table(n, width, shared.get(i), std=0.1) for i, n in enumerate(INPUTS)])
        offsets = [sum(INPUTS[:i]) for i in range(len(INPUTS))]
        self.register_buffer("offsets", torch.tensor(offsets), persistent=False)
        self.blocks = nn.ModuleList([Block(width, heads, feed) for _ in range(layers)])
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

    def rotation(self, steps, device):
        """cos and sin, each [steps, half a head]."""
        half = self.config["width"] // self.config["heads"] // 2
        speeds = self.ROTARY_BASE ** (-torch.arange(half, device=device, dtype=torch.float32) / half)
        angles = torch.arange(steps, device=device, dtype=torch.float32)[:, None] * speeds
        return angles.cos(), angles.sin()

    def backbone(self, events, segments=None):
        """events int64 [batch, steps, 18], valid classes; segments int64 [batch, steps]: attention stays within one."""
        batch, steps, columns = events.shape
        table = torch.cat([t.weight() for t in self.events])
        x = F.embedding_bag((events + self.offsets).view(batch * steps, columns), table, mode="sum").view(batch, steps, -1)
        visible = torch.ones(steps, steps, dtype=torch.bool, device=events.device).tril()
        if segments is not None:
            visible = visible & (segments[:, None, :, None] == segments[:, None, None, :])
        mask = torch.zeros(visible.shape, device=events.device).masked_fill_(~visible, -1e9)
        rotation = self.rotation(steps, events.device)
        for block in self.blocks:
            x = block(x, rotation, mask)
        return norm(x)  # [batch, steps, width]

    def pitch_head(self, context, time, position, phase, chord):
        x = context + self.pitch_of_time(time) + self.pitch_of_position(position) + self.pitch_of_phase(phase) + self.pitch_of_chord(chord)
        x = self.pitch_mlp(x)
        return self.pitch(x), x

    def duration_head(self, x, pitch):
        x = self.duration_mlp(x + self.duration_of_pitch(pitch))
        return self.duration(x), x

    def velocity_head(self, x, duration):
        return self.velocity(self.velocity_mlp(x + self.velocity_of_duration(duration)))

    def forward(self, events, following, segments=None):
        """Logits of the events after these, given the choices made there (teacher forcing).

        events, following: int64 [batch, steps, 18], padding already replaced by a valid class.
        Returns four tensors [batch, steps, classes].
        """
        context = self.backbone(events, segments)
        time, pitch, duration = following[..., 0], following[..., 1], following[..., 2]
        pitch_logits, x = self.pitch_head(context, time, following[..., POSITION], following[..., PHASE], following[..., CHORD])
        duration_logits, x = self.duration_head(x, pitch)
        return self.time(context), pitch_logits, duration_logits, self.velocity_head(x, duration)

    def folded(self):
        """Every weight under the name and in the shape that the ONNX builder reads: shared rows added up."""
        with torch.no_grad():
            tensors = {"events.weight": torch.cat([t.weight() for t in self.events])}
            for name, module in self.named_modules():
                if name.startswith("events"):
                    continue
                if isinstance(module, Logits):
                    tensors[f"{name}.weight"], tensors[f"{name}.bias"] = module.table.weight(), module.bias
                elif isinstance(module, Table) and not name.endswith(".table"):
                    tensors[f"{name}.weight"] = module.weight()
                elif isinstance(module, nn.Linear):
                    tensors[f"{name}.weight"] = module.weight
                    if module.bias is not None:
                        tensors[f"{name}.bias"] = module.bias
            return {k: v.detach().clone() for k, v in tensors.items()}


def without_padding(rows, limits):
    """Replaces padding, and classes that are no choice, by class 0, so that every index is valid."""
    limits = torch.tensor(limits, device=rows.device)
    return torch.where(rows < limits, rows, torch.zeros_like(rows))


def losses(model, events, following, targets, segments=None):
    """Nats of each target, float [4, batch, steps], and the labels, IGNORE where there is none.

    targets int64 [batch, steps, 4]: the first four columns of `following`, PADDING where nothing is learnt. The End row has
    a time shift only; an unknown velocity (class 32) is no target.
    """
    logits = model(without_padding(events, INPUTS), without_padding(following, TARGETS + INPUTS[4:]), segments)
    limits = torch.tensor(TARGETS, device=targets.device)
    labels = torch.where(targets < limits, targets, torch.full_like(targets, IGNORE)).permute(2, 0, 1)
    nats = [
        F.cross_entropy(l.flatten(0, 1), labels[i].flatten(), ignore_index=IGNORE, reduction="none").view(labels[i].shape)
        for i, l in enumerate(logits)
    ]
    return torch.stack(nats), labels
