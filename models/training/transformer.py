"""The Transformer of MidiMuse: a decoder over note events, between the embeddings and heads of event_network.py.

Pre-norm blocks without biases or gains: x + O attention(RMS(x)), x + D relu(U RMS(x))^2 (So et al., Primer, 2021), rotary
positions (Su et al., RoFormer, 2021), residual outputs that begin at zero.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

from event_network import EventNetwork, nats_of, valid_inputs
from note_events import labels_of


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


class TransformerModel(EventNetwork):
    ROTARY_BASE = 10000.0

    def __init__(self, width=256, layers=4, heads=4, feed=1024):
        super().__init__(width, width)
        self.config = dict(width=width, layers=layers, heads=heads, feed=feed)
        self.blocks = nn.ModuleList([Block(width, heads, feed) for _ in range(layers)])

    def unfold(self, tensors):
        """Also those of a narrower network, whose heads are as wide as these: see `stretched`."""
        before = tensors["events.weight"].shape[1]
        super().unfold(stretched(tensors, math.sqrt(self.config["width"] / before)))

    def rotation(self, steps, device):
        """cos and sin, each [steps, half a head]."""
        half = self.config["width"] // self.config["heads"] // 2
        speeds = self.ROTARY_BASE ** (-torch.arange(half, device=device, dtype=torch.float32) / half)
        angles = torch.arange(steps, device=device, dtype=torch.float32)[:, None] * speeds
        return angles.cos(), angles.sin()

    def backbone(self, events, segments=None):
        """events int64 [batch, steps, 18], valid classes; segments int64 [batch, steps]: attention stays within one."""
        steps = events.shape[1]
        x = self.embedded(events)
        visible = torch.ones(steps, steps, dtype=torch.bool, device=events.device).tril()
        if segments is not None:
            visible = visible & (segments[:, None, :, None] == segments[:, None, None, :])
        mask = torch.zeros(visible.shape, device=events.device).masked_fill_(~visible, -1e9)
        rotation = self.rotation(steps, events.device)
        for block in self.blocks:
            x = block(x, rotation, mask)
        return norm(x)  # [batch, steps, width]

    def forward(self, events, following, segments=None):
        """Four logits [batch, steps, classes] of the events after these: see EventNetwork.heads."""
        return self.heads(self.backbone(events, segments), following)


def stretched(tensors, scale):
    """The weights of a network whose norms give numbers `scale` times as large, with the same answers.

    RMS(x) divides by the mean over all dimensions: new ones that are zero make what it gives larger by the root of new to
    old width. What reads it shrinks as much; in the heads, where tables are added to it, they and all that is added grow.
    """

    def factor(name):
        module = name.split(".")[-2]
        if name.startswith("events") or module in ("o", "down") and name.startswith("blocks") or name.endswith("up.bias"):
            return 1
        if module in ("q", "k", "v", "up"):
            return 1 / scale
        if "_of_" in name or module == "down":
            return scale
        return 1 if name.endswith("bias") else 1 / scale  # logits

    return {name: tensor * factor(name) for name, tensor in tensors.items()}


def losses(model, events, following, targets, segments=None):
    """Nats of each target, float [4, batch, steps], and the labels, IGNORE where there is none.

    targets int64 [batch, steps, 4]: the first four columns of `following`, PADDING where nothing is learnt.
    """
    logits = model(*valid_inputs(events, following), segments)
    labels = labels_of(targets)
    return nats_of(logits, labels), labels
