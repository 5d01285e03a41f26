"""Trains the VAE on pattern shards: reconstruction + beta * KL.

    python3 train_vae.py --shards ../runs/patterns --out ../runs/vae --minutes 28 --bf16

Patterns of one, two and four bars, roles by share. beta rises linearly from 0 to its value over the first part of the
budget, so that the decoder learns to listen before the latent is made tidy; a value of the latent that costs less than
--free nats (mean over a batch) costs nothing (free bits: Kingma et al., Improved Variational Inference with Inverse
Autoregressive Flow, 2016). Adam, warm-up and cosine, and a moving average of the weights, which is what is validated and
exported. The same command resumes after an interruption (runs.py).
"""

import argparse
import copy

import numpy as np
import torch

import runs
from patterns import ROLES, PatternShards
from vae import PatternVae, drawn, f1, kl_of, read, reconstruction, table

# Shares of the patterns that each role has in training, and of the lengths in bars.
SHARES = dict(melody=0.34, piano=0.2, drums=0.14, bass=0.14, chords=0.12, other=0.06)
BARS = {1: 0.2, 2: 0.4, 4: 0.4}
PARTS = ("count", "pitch", "duration", "kl")


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shards", required=True)
    runs.add_options(p, minutes=28, save_minutes=3)
    runs.add_precision(p)
    p.add_argument("--width", type=int, default=320)
    p.add_argument("--latent", type=int, default=24, help="values of a quarter")
    p.add_argument("--step-width", type=int, default=64)
    p.add_argument("--note-width", type=int, default=192)
    p.add_argument("--encoder-blocks", type=int, default=2)
    p.add_argument("--decoder-blocks", type=int, default=3)
    p.add_argument("--quarters", type=int, default=1024, help="quarters of an update: 256 patterns of one bar of 4/4")
    p.add_argument("--beta", type=float, default=0.1)
    p.add_argument("--rise", type=float, default=0.35, help="share of the budget over which beta rises")
    p.add_argument("--free", type=float, default=0.02, help="nats of a latent value that cost nothing")
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--warmup", type=int, default=300, help="updates")
    p.add_argument("--clip", type=float, default=1.0)
    p.add_argument("--average", type=float, default=0.998, help="decay of the weights' moving average, per update")
    p.add_argument("--threads", type=int, default=1)
    return p.parse_args()


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


def draw(history, left, right):
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


def checkpoint(run, average, valid):
    results = {str(bars): validate(average, valid, bars) for bars in (2, 4)}
    run.history["valid"].append((run.step, results))
    run.save()
    run.curves(11, 2, lambda axes: draw(run.history, *axes))
    for bars, roles in results.items():
        line = "  ".join(f"{role} {v['notes']:.3f}/{v['onsets']:.3f}/{v['durations']:.2f} kl {v['kl']:.1f}" for role, v in roles.items())
        print(f"valid, {bars} bars: {line}", flush=True)


def show(run, meter):
    means, speed = meter.take()
    run.history["train"].append((run.step + 1, means))
    text = "  ".join(f"{name} {value:.3f}" for name, value in zip(PARTS, means))
    print(f"update {run.step + 1}  {text} nats/note  {speed:.0f} patterns/s  {run.seconds / 60:.1f} min", flush=True)


def main():
    args = parse()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    train, valid = PatternShards(args.shards, "train", args.device), PatternShards(args.shards, "valid-a", args.device)
    model = PatternVae(args.width, args.latent, args.step_width, args.note_width, args.encoder_blocks, args.decoder_blocks).to(args.device)
    average = copy.deepcopy(model)
    optimiser = torch.optim.Adam(model.parameters(), lr=args.rate, betas=(0.9, 0.99))
    run = runs.Run(args, model.config, rng, dict(model=model, average=average, optimiser=optimiser))
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters on {args.device}", flush=True)
    meter = runs.Meter(run)
    lengths, weights = list(BARS), list(BARS.values())
    for step in run.updates(lambda: checkpoint(run, average, valid)):
        runs.set_rate(optimiser, runs.cosine(step, run.progress, args.rate, args.warmup))
        bars = lengths[rng.choice(len(lengths), p=weights)]
        batch = train.draw(SHARES, max(1, args.quarters // (4 * bars)), bars, rng)
        with torch.autocast(batch.owner.device.type, torch.bfloat16, enabled=args.bf16):
            objective, parts = losses(model, batch, beta_at(run.progress, args), args.free)
        optimiser.zero_grad()
        objective.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), args.clip)
        optimiser.step()
        runs.move_average(average, model, args.average, step)
        run.seen += batch.size
        meter.add(batch.size, *parts)
        if step % 50 == 49:
            show(run, meter)


if __name__ == "__main__":
    main()
