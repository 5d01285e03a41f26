"""The LSTM of MidiMuse: two LSTM layers and four sequential heads over note events.

A note event has nine columns (MidiMuse.Core.Events.NoteEvent). The backbone reads the events so far and gives a
context; the heads then choose the next event's attributes one after the other, each seeing the choices before it:

    time     from context
    pitch    from context + time + the onset's position in the bar + its bar phase
    duration from that + pitch
    velocity from that + duration

Runs on torch 1.13 and later, CPU and CUDA.
"""

import torch
from torch import nn
from torch.nn import functional as F

# Classes of the nine input columns and of the four targets: NoteEventVocabulary, version 1.
VOCABULARY = 1
COLUMNS = ("time_shift", "pitch", "duration", "velocity", "position", "bar_phase", "meter", "role", "key")
INPUTS = (131, 129, 73, 34, 192, 8, 16, 6, 25)
TARGETS = (130, 128, 72, 32)
ATTRIBUTES = ("time", "pitch", "duration", "velocity")
ROLES = ("melody", "chords", "bass", "drums", "piano", "other")
PADDING = 255
IGNORE = -100

assert len(COLUMNS) == len(INPUTS) == 9 and len(TARGETS) == len(ATTRIBUTES) == 4


class Residual(nn.Module):
    """x + MLP(x)"""

    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, width)
        self.down = nn.Linear(width, width)

    def forward(self, x):
        return x + self.down(F.relu(self.up(x)))


class LstmModel(nn.Module):
    def __init__(self, hidden=384, embedding=256, context=256, layers=2):
        super().__init__()
        self.config = dict(hidden=hidden, embedding=embedding, context=context, layers=layers)
        # One table for all columns; a column's classes begin at its offset.
        offsets = [sum(INPUTS[:i]) for i in range(len(INPUTS))]
        self.register_buffer("offsets", torch.tensor(offsets), persistent=False)
        self.events = nn.EmbeddingBag(sum(INPUTS), embedding, mode="sum")
        self.lstm = nn.LSTM(embedding, hidden, layers)
        self.context = nn.Linear(hidden, context)
        self.time = nn.Linear(context, TARGETS[0])
        self.pitch_of_time = nn.Embedding(TARGETS[0], context)
        self.pitch_of_position = nn.Embedding(INPUTS[4], context)
        self.pitch_of_phase = nn.Embedding(INPUTS[5], context)
        self.pitch_mlp = Residual(context)
        self.pitch = nn.Linear(context, TARGETS[1])
        self.duration_of_pitch = nn.Embedding(TARGETS[1], context)
        self.duration_mlp = Residual(context)
        self.duration = nn.Linear(context, TARGETS[2])
        self.velocity_of_duration = nn.Embedding(TARGETS[2], context)
        self.velocity_mlp = Residual(context)
        self.velocity = nn.Linear(context, TARGETS[3])
        self.initialise()

    def initialise(self):
        for module in self.modules():
            if isinstance(module, (nn.Embedding, nn.EmbeddingBag)):
                nn.init.normal_(module.weight, std=0.1)
        for name, parameter in self.lstm.named_parameters():
            if name.startswith("bias_hh"):
                hidden = self.config["hidden"]
                with torch.no_grad():
                    parameter.zero_()
                    parameter[hidden : 2 * hidden] = 1.0  # forget gate: remember by default

    def zero_state(self, batch, device):
        shape = (self.config["layers"], batch, self.config["hidden"])
        return torch.zeros(shape, device=device), torch.zeros(shape, device=device)

    def backbone(self, events, state):
        steps, batch, columns = events.shape
        indices = (events + self.offsets).view(steps * batch, columns)
        x = self.events(indices).view(steps, batch, -1)  # [steps, batch, embedding]
        y, state = self.lstm(x, state)  # [steps, batch, hidden]
        return self.context(y), state  # [steps, batch, context]

    def pitch_head(self, context, time, position, phase):
        x = context + self.pitch_of_time(time) + self.pitch_of_position(position) + self.pitch_of_phase(phase)
        x = self.pitch_mlp(x)
        return self.pitch(x), x

    def duration_head(self, x, pitch):
        x = self.duration_mlp(x + self.duration_of_pitch(pitch))
        return self.duration(x), x

    def velocity_head(self, x, duration):
        return self.velocity(self.velocity_mlp(x + self.velocity_of_duration(duration)))

    def forward(self, events, following, state):
        """Logits of the events after these, given the choices made there (teacher forcing).

        events, following: int64 [steps, batch, 9], padding already replaced by a valid class.
        Returns four tensors [steps, batch, classes] and the state after the last step.
        """
        context, state = self.backbone(events, state)
        time, pitch, duration = following[..., 0], following[..., 1], following[..., 2]
        time_logits = self.time(context)
        pitch_logits, x = self.pitch_head(context, time, following[..., 4], following[..., 5])
        duration_logits, x = self.duration_head(x, pitch)
        velocity_logits = self.velocity_head(x, duration)
        return (time_logits, pitch_logits, duration_logits, velocity_logits), state


def labels_of(rows):
    """Targets of rows [steps, batch, 9] with padding: int64 [4, steps, batch], IGNORE where there is none.

    The End row has a time shift only; an unknown velocity (class 32) is no target.
    """
    targets = torch.stack([rows[..., i] for i in range(4)])
    limits = torch.tensor(TARGETS, device=rows.device).view(4, 1, 1)
    return torch.where(targets < limits, targets, torch.full_like(targets, IGNORE))


def without_padding(rows, limits):
    """Replaces padding, and classes that are no choice, by class 0, so that every index is valid."""
    limits = torch.tensor(limits, device=rows.device)
    return torch.where(rows < limits, rows, torch.zeros_like(rows))


def losses(model, rows, state):
    """Nats of each target of rows, int64 [steps + 1, batch, 9]: float [4, steps, batch], labels, state."""
    following = rows[1:]
    logits, state = model(
        without_padding(rows[:-1], INPUTS),
        without_padding(following, TARGETS + INPUTS[4:]),
        state,
    )
    labels = labels_of(following)
    nats = [
        F.cross_entropy(l.flatten(0, 1), labels[i].flatten(), ignore_index=IGNORE, reduction="none").view(labels[i].shape)
        for i, l in enumerate(logits)
    ]
    return torch.stack(nats), labels, state
