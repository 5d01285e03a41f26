"""Trains the VAE on pattern shards: reconstruction + beta * KL.

    python3 train_vae.py --shards ../runs/patterns --out ../runs/vae --minutes 29

Patterns of one, two and four bars, roles by share. beta rises linearly from 0 to its value over the first part of the
budget, so that the decoder learns to listen before the latent is made tidy; a value of the latent that costs less than
--free nats (mean over a batch) costs nothing (free bits: Kingma et al., Improved Variational Inference with Inverse
Autoregressive Flow, 2016). Adam, warm-up and cosine, and a moving average of the weights, which is what is validated and
exported. Everything needed to go on after an interruption is in OUT/checkpoint.pt; the same command resumes.
OUT/history.json and OUT/curves.png show the progress.
"""

import argparse
import copy
import json
import math
import os
import time

import numpy as np
import torch

from patterns import ROLES, PatternShards
from vae import PatternVae, drawn, f1, kl_of, read, reconstruction, table

# Shares of the patterns that each role has in training, and of the lengths in bars.
SHARES = dict(melody=0.34, piano=0.2, drums=0.14, bass=0.14, chords=0.12, other=0.06)
BARS = {1: 0.2, 2: 0.4, 4: 0.4}
PARTS = ("count", "pitch", "duration", "kl")


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shards", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float, default=29, help="time to train; the learning rate falls over it")
    p.add_argument("--steps", type=int, default=10**9, help="updates, where fewer than the minutes allow")
    p.add_argument("--width", type=int, default=192)
    p.add_argument("--latent", type=int, default=24, help="values of a quarter")
    p.add_argument("--step-width", type=int, default=48)
    p.add_argument("--note-width", type=int, default=128)
    p.add_argument("--encoder-blocks", type=int, default=1)
    p.add_argument("--decoder-blocks", type=int, default=2)
    p.add_argument("--quarters", type=int, default=1024, help="quarters of an update: 256 patterns of one bar of 4/4")
    p.add_argument("--beta", type=float, default=0.1)
    p.add_argument("--rise", type=float, default=0.35, help="share of the budget over which beta rises")
    p.add_argument("--free", type=float, default=0.02, help="nats of a latent value that cost nothing")
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--warmup", type=int, default=200, help="updates")
    p.add_argument("--clip", type=float, default=1.0)
    p.add_argument("--average", type=float, default=0.998, help="decay of the weights' moving average, per update")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--save-minutes", type=float, default=3)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return p.parse_args()


def rate_at(step, progress, args):
    """Warm-up by updates, then a cosine down to 2 % over the budget."""
    warm = min(1.0, (step + 1) / args.warmup)
    return args.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def beta_at(progress, args):
    return args.beta * min(1.0, progress / args.rise)


def losses(model, batch, beta, free):
    """The objective per note, and its parts as nats per note."""
    quarters = batch.quarters
    conditions, coverage = batch.conditions(), batch.coverage(quarters)
    mean, log_variance = model.encode(batch.features(quarters), conditions, coverage)
    parts = reconstruction(model, drawn(mean, log_variance), batch, quarters)
    kl = kl_of(mean, log_variance)
    covered = (coverage > 0).float().sum()
    of_value = kl.sum((0, 1)) / covered  # [latent]
    paid = of_value.clamp(min=free).sum() * covered
    notes = len(batch.step)
    objective = (sum(parts) + beta * paid) / notes
    return objective, [p.item() / notes for p in (*parts, kl.sum())]


@torch.no_grad()
def validate(model, shards, bars, most=192):
    """For each role: F1 of notes (step and pitch) and of steps with a note, duration classes met, nats of the latent a quarter."""
    result = {}
    for role in ROLES:
        if role not in shards.windows:
            continue
        count = len(shards.windows[role])
        chosen = [(role, i) for i in range(0, count, max(1, count // most))][:most]
        batch = shards.cut(chosen, [0] * len(chosen), bars)
        quarters = batch.quarters
        conditions, coverage = batch.conditions(), batch.coverage(quarters)
        mean, log_variance = model.encode(batch.features(quarters), conditions, coverage)
        found, durations = read(model, mean, conditions, coverage, batch.steps)
        wanted = table(batch, quarters)
        highest = torch.ones(len(batch.step), dtype=torch.bool)
        highest[:-1] = (batch.step[1:] != batch.step[:-1]) | (batch.owner[1:] != batch.owner[:-1])
        met = durations[batch.owner, batch.step, 1][highest] == batch.duration[highest]
        result[role] = dict(
            notes=f1(found, wanted, (0, 1, 2)).item(),
            onsets=f1(found.any(-1), wanted.any(-1), (0, 1)).item(),
            durations=met.float().mean().item(),
            kl=(kl_of(mean, log_variance).sum() / (coverage > 0).sum()).item(),
        )
    return result


def draw_curves(history, path):
    try:
        import matplotlib
    except ImportError:
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), constrained_layout=True)
    train = np.array([[step, *parts] for step, parts in history["train"]])
    for i, name in enumerate(PARTS):
        left.plot(train[:, 0], train[:, i + 1], linewidth=0.8, label=name)
    left.set(title="training (mixture of roles)", xlabel="updates", ylabel="nats per note")
    left.legend()
    for role in ROLES:
        points = [(step, v["2"][role]["notes"]) for step, v in history["valid"] if role in v["2"]]
        if points:
            right.plot(*zip(*points), marker=".", label=role)
    right.set(title="tier A, split valid: two bars there and back", xlabel="updates", ylabel="F1 of notes")
    right.legend()
    figure.savefig(path, dpi=90)
    plt.close(figure)


@torch.no_grad()
def move_average(average, model, decay, step):
    decay = min(decay, (step + 1) / (step + 10))  # the first weights are random: forget them soon
    for a, w in zip(average.parameters(), model.parameters()):
        a.lerp_(w, 1 - decay)


def save(path, model, average, optimiser, rng, history, step, patterns, seconds):
    state = dict(
        config=model.config, model=model.state_dict(), average=average.state_dict(), optimiser=optimiser.state_dict(), rng=rng.bit_generator.state,
        history=history, step=step, patterns=patterns, seconds=seconds,
    )
    torch.save(state, path + ".new")
    os.replace(path + ".new", path)


def main():
    args = parse()
    os.makedirs(args.out, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    train, valid = PatternShards(args.shards, "train", args.device), PatternShards(args.shards, "valid-a", args.device)

    model = PatternVae(args.width, args.latent, args.step_width, args.note_width, args.encoder_blocks, args.decoder_blocks).to(args.device)
    average = copy.deepcopy(model)
    optimiser = torch.optim.Adam(model.parameters(), lr=args.rate, betas=(0.9, 0.99))
    step, patterns, seconds, history = 0, 0, 0.0, dict(train=[], valid=[])
    path = os.path.join(args.out, "checkpoint.pt")
    if os.path.exists(path):
        old = torch.load(path, map_location=args.device)
        model.load_state_dict(old["model"])
        average.load_state_dict(old["average"])
        optimiser.load_state_dict(old["optimiser"])
        rng.bit_generator.state = old["rng"]
        step, patterns, seconds, history = old["step"], old["patterns"], old["seconds"], old["history"]
        print(f"resumed at update {step}, {patterns / 1e3:.0f} thousand patterns", flush=True)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters on {args.device}", flush=True)

    def checkpoint():
        history["valid"].append((step, {str(b): validate(average, valid, b) for b in (2, 4)}))
        save(path, model, average, optimiser, rng, history, step, patterns, seconds)
        with open(os.path.join(args.out, "history.json"), "w") as file:
            json.dump(history, file)
        draw_curves(history, os.path.join(args.out, "curves.png"))
        for bars, roles in history["valid"][-1][1].items():
            line = "  ".join(f"{role} {v['notes']:.3f}/{v['onsets']:.3f}/{v['durations']:.2f} kl {v['kl']:.1f}" for role, v in roles.items())
            print(f"valid, {bars} bars: {line}", flush=True)

    saved_at, shown = seconds, []
    lengths, weights = list(BARS), list(BARS.values())
    while True:
        began = time.monotonic()
        progress = max(step / args.steps, seconds / (60 * args.minutes))
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, progress, args)
        bars = lengths[rng.choice(len(lengths), p=weights)]
        batch = train.draw(SHARES, max(1, args.quarters // (4 * bars)), bars, rng)
        objective, parts = losses(model, batch, beta_at(progress, args), args.free)
        optimiser.zero_grad()
        objective.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), args.clip)
        optimiser.step()
        move_average(average, model, args.average, step)
        step, patterns = step + 1, patterns + batch.size
        shown.append((*parts, batch.size, time.monotonic() - began))
        seconds += shown[-1][-1]
        if step % 50 == 0:
            mean = [sum(s[i] for s in shown) / len(shown) for i in range(len(PARTS))]
            speed = sum(s[-2] for s in shown) / sum(s[-1] for s in shown)
            history["train"].append((step, mean))
            text = "  ".join(f"{name} {value:.3f}" for name, value in zip(PARTS, mean))
            print(f"update {step}  {text} nats/note  {speed:.0f} patterns/s  {seconds / 60:.1f} min", flush=True)
            shown = []
        if progress >= 1:
            checkpoint()
            return
        if seconds - saved_at > 60 * args.save_minutes:
            saved_at = seconds
            checkpoint()


if __name__ == "__main__":
    main()
