"""Trains the LSTM by likelihood on note-event shards.

    python3 train_lstm.py --shards ../runs/shards --out ../runs/lstm --minutes 80

Truncated back-propagation through time: a segment begins with the Start event and an empty state, is read in chunks,
and each chunk is one update. What is validated and exported is the moving average of the weights (Polyak averaging): single
updates are noisy, because the segments of a batch are alike in length. Everything needed to go on after an interruption is in OUT/checkpoint.pt, written every
few minutes; the same command resumes. OUT/history.json and OUT/curves.png show the progress.
"""

import argparse
import copy
import json
import math
import os
import time

import numpy as np
import torch

from lstm import ATTRIBUTES, IGNORE, ROLES, LstmModel, losses
from shards import Shards

# Shares of the notes that each role has in training.
SHARES = dict(melody=0.32, piano=0.24, drums=0.15, bass=0.12, chords=0.11, other=0.06)


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shards", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float, default=80, help="time to train; the learning rate falls over it")
    p.add_argument("--steps", type=int, default=10**9, help="updates, where fewer than the minutes allow")
    p.add_argument("--hidden", type=int, default=384)
    p.add_argument("--embedding", type=int, default=256)
    p.add_argument("--context", type=int, default=256)
    p.add_argument("--notes", type=int, default=4096, help="notes of an update")
    p.add_argument("--chunk", type=int, default=128, help="steps of back-propagation through time")
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--warmup", type=int, default=200, help="updates")
    p.add_argument("--clip", type=float, default=1.0)
    p.add_argument("--average", type=float, default=0.99, help="decay of the weights' moving average, per update")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--save-minutes", type=float, default=4)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return p.parse_args()


def rate_at(step, progress, args):
    """Warm-up by updates, then a cosine down to 2 % over the budget."""
    warm = min(1.0, (step + 1) / args.warmup)
    return args.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


@torch.no_grad()
def validate(model, shards, most=64):
    """Mean nats of each attribute on the first `most` segments of every role, and their sum per note."""
    result = {}
    for role in ROLES:
        if role not in shards.segments:
            continue
        count = len(shards.lengths[role])
        chosen = [(role, i) for i in range(0, count, max(1, count // most))][:most]
        rows = shards.rows(chosen)
        nats, labels, _ = losses(model, rows, model.zero_state(len(chosen), rows.device))
        known = labels != IGNORE
        sums, counts = nats.sum((1, 2)), known.sum((1, 2)).clamp(min=1)
        result[role] = {a: (sums[i] / counts[i]).item() for i, a in enumerate(ATTRIBUTES)}
        result[role]["sum"] = sum(result[role][a] for a in ATTRIBUTES)
    return result


def draw_curves(history, path):
    try:
        import matplotlib
    except ImportError:
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), constrained_layout=True)
    train = np.array(history["train"])  # notes, nats per note
    left.plot(train[:, 0] / 1e6, train[:, 1], linewidth=0.8)
    left.set(title="training (mixture of roles)", xlabel="million notes", ylabel="nats per note")
    for role in ROLES:
        points = [(n / 1e6, v[role]["sum"]) for n, v in history["valid"] if role in v]
        if points:
            right.plot(*zip(*points), marker=".", label=role)
    right.set(title="tier A, split valid (subset)", xlabel="million notes", ylabel="nats per note, all four attributes")
    right.legend()
    figure.savefig(path, dpi=90)
    plt.close(figure)


@torch.no_grad()
def move_average(average, model, decay, step):
    decay = min(decay, (step + 1) / (step + 10))  # the first weights are random: forget them soon
    for a, w in zip(average.parameters(), model.parameters()):
        a.lerp_(w, 1 - decay)


def save(path, model, average, optimiser, rng, history, step, notes, seconds):
    state = dict(
        config=model.config, model=model.state_dict(), average=average.state_dict(), optimiser=optimiser.state_dict(), rng=rng.bit_generator.state,
        history=history, step=step, notes=notes, seconds=seconds,
    )
    torch.save(state, path + ".new")
    os.replace(path + ".new", path)


def main():
    args = parse()
    os.makedirs(args.out, exist_ok=True)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    train, valid = Shards(args.shards, "train", args.device), Shards(args.shards, "valid-a", args.device)

    model = LstmModel(args.hidden, args.embedding, args.context).to(args.device)
    average = copy.deepcopy(model)
    optimiser = torch.optim.Adam(model.parameters(), lr=args.rate, betas=(0.9, 0.99))
    step, notes, seconds, history = 0, 0, 0.0, dict(train=[], valid=[])
    path = os.path.join(args.out, "checkpoint.pt")
    if os.path.exists(path):
        old = torch.load(path, map_location=args.device)
        model.load_state_dict(old["model"])
        average.load_state_dict(old["average"])
        optimiser.load_state_dict(old["optimiser"])
        rng.bit_generator.state = old["rng"]
        step, notes, seconds, history = old["step"], old["notes"], old["seconds"], old["history"]
        print(f"resumed at update {step}, {notes / 1e6:.2f} million notes", flush=True)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters on {args.device}", flush=True)

    def checkpoint():
        history["valid"].append((notes, validate(average, valid)))
        save(path, model, average, optimiser, rng, history, step, notes, seconds)
        with open(os.path.join(args.out, "history.json"), "w") as file:
            json.dump(history, file)
        draw_curves(history, os.path.join(args.out, "curves.png"))
        line = "  ".join(f"{role} {v['sum']:.3f}" for role, v in history["valid"][-1][1].items())
        print(f"valid: {line}", flush=True)

    saved_at, shown = seconds, []
    for rows in train.batches(SHARES, args.notes, args.chunk, rng):
        state = model.zero_state(rows.shape[1], args.device)
        for first in range(0, len(rows) - 1, args.chunk):
            began = time.monotonic()
            part = rows[first : first + args.chunk + 1]  # int64 [steps + 1, batch, 9]
            progress = max(step / args.steps, seconds / (60 * args.minutes))
            for group in optimiser.param_groups:
                group["lr"] = rate_at(step, progress, args)
            nats, labels, state = losses(model, part, state)
            events = (labels[0] != IGNORE).sum().item()
            loss = nats.sum() / max(1, events)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), args.clip)
            optimiser.step()
            move_average(average, model, args.average, step)
            state = tuple(s.detach() for s in state)
            step, notes = step + 1, notes + events
            shown.append((loss.item(), events, time.monotonic() - began))
            seconds += shown[-1][2]
            if step % 20 == 0:
                mean = sum(l * n for l, n, _ in shown) / sum(n for _, n, _ in shown)
                speed = sum(n for _, n, _ in shown) / sum(s for _, _, s in shown)
                history["train"].append((notes, mean))
                print(f"update {step}  {notes / 1e6:.2f} M notes  {mean:.3f} nats/note  {speed:.0f} notes/s  {seconds / 60:.1f} min", flush=True)
                shown = []
            if progress >= 1:
                checkpoint()
                return
        if seconds - saved_at > 60 * args.save_minutes:
            saved_at = seconds
            checkpoint()


if __name__ == "__main__":
    main()
