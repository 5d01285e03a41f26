"""The VAE of MidiMuse: a pattern to a latent vector for each of its quarters, and back.

A pattern of up to 16 quarters is read a quarter at a time by shared weights; mixer blocks (Tolstikhin et al., MLP-Mixer,
NeurIPS 2021) let the quarters hear each other. The decoder does the same the other way round and gives, for each step,
how many notes begin, which pitches, and how long the lowest and the highest of them sound. It is not autoregressive: it
has nothing but the latent to go by, so the latent cannot be ignored, and no dropout of inputs is needed against that.

Quarters that a pattern does not cover are zero in both directions, so a batch of short patterns is computed with
as many quarters as it has.

Runs on torch 1.13 and later, CPU and CUDA.
"""

import torch
from torch import nn
from torch.nn import functional as F

from patterns import CONDITIONS, COUNTS, DURATIONS, FEATURES, PITCHES, QUARTERS, STEPS_PER_QUARTER

# Logarithm of a variance: beyond these a posterior is a point, or wider than the prior.
LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE = -10.0, 2.0


class Mixer(nn.Module):
    """x + linear mixing of quarters, then x + MLP of channels; [patterns, quarters, width]."""

    def __init__(self, width, up=2):
        super().__init__()
        self.token_norm = nn.LayerNorm(width)
        self.token = nn.Linear(QUARTERS, QUARTERS)
        self.channel_norm = nn.LayerNorm(width)
        self.channel_in = nn.Linear(width, up * width)
        self.channel_out = nn.Linear(up * width, width)

    def forward(self, x, active):
        quarters = x.shape[1]
        y = (self.token_norm(x) * active).transpose(1, 2)  # [patterns, width, quarters]
        y = F.linear(y, self.token.weight[:quarters, :quarters], self.token.bias[:quarters])
        x = x + y.transpose(1, 2)
        return x + self.channel_out(F.relu(self.channel_in(self.channel_norm(x))))


class Quarters(nn.Module):
    """What is known about each quarter, mixed: [patterns, quarters, inputs] to [patterns, quarters, width]."""

    def __init__(self, inputs, width, blocks):
        super().__init__()
        self.input = nn.Linear(inputs, width)
        self.conditions = nn.Linear(CONDITIONS, width, bias=False)
        self.coverage = nn.Linear(1, width, bias=False)
        self.place = nn.Parameter(0.1 * torch.randn(QUARTERS, width))
        self.blocks = nn.ModuleList(Mixer(width) for _ in range(blocks))

    def forward(self, x, conditions, coverage):
        cover = coverage.unsqueeze(-1)  # [patterns, quarters, 1]
        active = (cover > 0).float()
        x = self.input(x) + self.conditions(conditions).unsqueeze(1) + self.coverage(cover) + self.place[: x.shape[1]]
        for block in self.blocks:
            x = block(x, active)
        return x


class PatternVae(nn.Module):
    def __init__(self, width=192, latent=24, step_width=48, note_width=128, encoder_blocks=1, decoder_blocks=2):
        super().__init__()
        self.config = dict(width=width, latent=latent, step_width=step_width, note_width=note_width, encoder_blocks=encoder_blocks, decoder_blocks=decoder_blocks)
        self.encoder = Quarters(FEATURES, width, encoder_blocks)
        self.posterior = nn.Linear(width, 2 * latent)
        self.decoder = Quarters(latent, width, decoder_blocks)
        self.steps = nn.Linear(width, STEPS_PER_QUARTER * step_width)
        self.count = nn.Linear(step_width, COUNTS)
        self.note = nn.Linear(step_width, note_width)
        self.pitch = nn.Linear(note_width, PITCHES)
        self.low_duration = nn.Linear(note_width, DURATIONS)
        self.high_duration = nn.Linear(note_width, DURATIONS)

    def encode(self, features, conditions, coverage):
        """features f32 [patterns, quarters, 712] to mean and log variance, f32 [patterns, quarters, latent]."""
        mean, log_variance = self.posterior(self.encoder(features, conditions, coverage)).chunk(2, -1)
        active = (coverage > 0).float().unsqueeze(-1)
        return mean * active, log_variance.clamp(LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE) * active

    def decode_steps(self, latent, conditions, coverage):
        """What each step sounds like: f32 [patterns, steps, step_width]."""
        patterns, quarters, _ = latent.shape
        y = self.steps(self.decoder(latent, conditions, coverage))
        return F.relu(y).view(patterns, quarters * STEPS_PER_QUARTER, -1)

    def note_logits(self, steps):
        """Of steps f32 [n, step_width]: pitch [n, 73], duration of the lowest and of the highest note [n, 16] each."""
        x = F.relu(self.note(steps))
        return self.pitch(x), self.low_duration(x), self.high_duration(x)

    def forward(self, latent, conditions, coverage):
        """Logits of all steps: count [patterns, steps, 7], pitch [.., 73], durations [.., 16] twice."""
        steps = self.decode_steps(latent, conditions, coverage)
        return (self.count(steps), *self.note_logits(steps))


def drawn(mean, log_variance):
    return mean + torch.randn_like(mean) * (0.5 * log_variance).exp()


def kl_of(mean, log_variance):
    """Nats between posterior and standard normal for each value; zero in quarters that are not covered."""
    return 0.5 * (mean * mean + log_variance.exp() - 1 - log_variance)


def step_ends(batch):
    """For the notes of a batch: index of the first (lowest) and of the last (highest) note of each sounding step."""
    place = batch.owner * (QUARTERS * STEPS_PER_QUARTER) + batch.step
    edge = torch.ones(1, dtype=torch.bool, device=place.device)
    change = place[1:] != place[:-1]
    return torch.cat([edge, change]).nonzero()[:, 0], torch.cat([change, edge]).nonzero()[:, 0]


def reconstruction(model, latent, batch, quarters):
    """Nats of a batch given its latent, in total: count, pitch, duration (mean of lowest and highest note a step)."""
    conditions, coverage = batch.conditions(), batch.coverage(quarters)
    steps = model.decode_steps(latent, conditions, coverage)
    inside = torch.arange(steps.shape[1], device=steps.device) < batch.steps[:, None]
    count = F.cross_entropy(model.count(steps)[inside].float(), batch.counts(quarters)[inside], reduction="sum")
    low, high = step_ends(batch)
    pitch_logits, low_logits, high_logits = (l.float() for l in model.note_logits(steps[batch.owner[low], batch.step[low]]))
    of_step = torch.zeros(len(batch.step), dtype=torch.int64, device=low.device)
    of_step[low[1:]] = 1
    pitch = -F.log_softmax(pitch_logits, -1)[of_step.cumsum(0), batch.pitch].sum()
    duration = 0.5 * (
        F.cross_entropy(low_logits, batch.duration[low], reduction="sum")
        + F.cross_entropy(high_logits, batch.duration[high], reduction="sum")
    )
    return count, pitch, duration


@torch.no_grad()
def read(model, latent, conditions, coverage, lengths):
    """The likeliest notes of patterns of `lengths` steps: bool [patterns, steps, 73], and their durations int64
    [patterns, steps, 2] (lowest, highest)."""
    count, pitch, low, high = model(latent, conditions, coverage)
    inside = (torch.arange(count.shape[1], device=count.device) < lengths[:, None]).unsqueeze(-1)
    rank = pitch.argsort(-1, descending=True).argsort(-1)
    return (rank < count.argmax(-1, keepdim=True)) & inside, torch.stack([low.argmax(-1), high.argmax(-1)], -1)


def table(batch, quarters):
    """The notes of a batch: bool [patterns, steps, 73]."""
    notes = torch.zeros(batch.size, quarters * STEPS_PER_QUARTER, PITCHES, dtype=torch.bool, device=batch.owner.device)
    notes[batch.owner, batch.step, batch.pitch] = True
    return notes


def f1(found, wanted, dims):
    """Of two bool tables, summed over dims."""
    return 2 * (found & wanted).sum(dims) / (found.sum(dims) + wanted.sum(dims)).clamp(min=1)
