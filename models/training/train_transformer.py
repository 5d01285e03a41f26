"""Trains the Transformer by likelihood on note-event shards.

    python3 train_transformer.py --shards ../runs/shards2 --out ../runs/transformer --minutes 75

Sequences are packed segments (sequences.py). Hidden matrices learn with Muon, everything else with AdamW; the rate
warms up, stays, and falls linearly to nothing over the last part of the budget, so that the run is ripe when the clock
(or --steps) ends it. Everything needed to go on after an interruption is in OUT/checkpoint.pt, written every few minutes;
the same command resumes. OUT/history.json and OUT/curves.png show the progress.
"""

import argparse
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch

from muon import Muon
from sequences import Shards, packed
from transformer import ATTRIBUTES, CONDITIONS, IGNORE, ROLES, TransformerModel, losses

# Shares of the notes that each role has in training.
SHARES = dict(melody=0.32, piano=0.24, drums=0.15, bass=0.12, chords=0.11, other=0.06)


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shards", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float, default=75, help="time to train; the learning rate falls over it")
    p.add_argument("--steps", type=int, default=10**9, help="updates, where fewer than the minutes allow")
    p.add_argument("--width", type=int, default=192)
    p.add_argument("--layers", type=int, default=5)
    p.add_argument("--heads", type=int, default=3)
    p.add_argument("--feed", type=int, default=768)
    p.add_argument("--length", type=int, default=256, help="events of a sequence")
    p.add_argument("--sequences", type=int, default=16, help="sequences of an update")
    p.add_argument("--part", type=int, default=4, help="sequences that a worker reads at once")
    p.add_argument("--workers", type=int, default=1, help="parts of an update that are computed at the same time, one thread each")
    p.add_argument("--rate", type=float, default=0.02, help="of Muon")
    p.add_argument("--adam-rate", type=float, default=4e-3)
    p.add_argument("--weight-decay", type=float, default=0.05)
    p.add_argument("--warmup", type=int, default=50, help="updates")
    p.add_argument("--fall", type=float, default=0.6, help="share of the budget over which the rate falls")
    p.add_argument("--clip", type=float, default=1.0)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--save-minutes", type=float, default=5)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return p.parse_args()


def rate_at(step, progress, args):
    """Share of the peak rate."""
    return min(1.0, (step + 1) / args.warmup, max(0.0, 1 - progress) / args.fall)


def gradients(model, part):
    """Sum of the nats of a part of a batch, its number of events, and the gradient of that sum."""
    nats, labels = losses(model, *part)
    parameters = list(model.parameters())
    total = nats.sum()
    return total.item(), (labels[0] != IGNORE).sum().item(), torch.autograd.grad(total, parameters)


def learn(model, batch, pool, args):
    """Puts the mean gradient of a batch into the model: nats per event, and the number of events.

    The parts are added in their order, whoever computed them, so that a run can be repeated.
    """
    parts = zip(*(t.to(args.device).split(args.part) for t in batch))
    results = list(pool.map(lambda part: gradients(model, part), parts))
    events = sum(n for _, n, _ in results)
    for index, parameter in enumerate(model.parameters()):
        parameter.grad = sum(g[index] for _, _, g in results) / max(1, events)
    return sum(nats for nats, _, _ in results) / max(1, events), events


@torch.no_grad()
def validate(model, shards, device, given, most=32):
    """Mean nats of each attribute on the same `most` segments of every role.

    `note` is time + pitch + duration per note. given: whether the conditions are told.
    """
    result = {}
    for role in ROLES:
        if role not in shards.segments:
            continue
        count = len(shards.lengths[role])
        sums, counts = torch.zeros(4), torch.zeros(4)
        chosen = list(range(0, count, max(1, count // most)))[:most]
        chosen.sort(key=lambda i: shards.lengths[role][i])
        for first in range(0, len(chosen), 8):
            content = [shards.rows(role, i) for i in chosen[first : first + 8]]
            if not given:
                for rows in content:
                    rows[:, list(CONDITIONS)] = 0
            steps = max(len(rows) for rows in content) - 1
            batch = packed([[(rows, np.ones(len(rows), bool))] for rows in content], steps)
            nats, labels = losses(model, *(t.to(device) for t in batch))
            sums += nats.sum((1, 2)).cpu()
            counts += (labels != IGNORE).sum((1, 2)).cpu()
        result[role] = {a: (sums[i] / counts[i].clamp(min=1)).item() for i, a in enumerate(ATTRIBUTES)}
        result[role]["note"] = (sums[:3].sum() / counts[1]).item()
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
    if len(train):
        left.plot(train[:, 0] / 1e6, train[:, 1], linewidth=0.8)
    left.set(title="training (mixture of roles)", xlabel="million notes", ylabel="nats per note, all four attributes")
    for colour, role in enumerate(ROLES):
        for key, style in (("valid", "-"), ("valid_given", ":")):
            points = [(n / 1e6, v[role]["note"]) for n, v in history[key] if role in v]
            if points:
                right.plot(*zip(*points), style, marker=".", color=f"C{colour}", label=role if key == "valid" else None)
    right.set(title="tier A, split valid (subset); dotted: conditions given", xlabel="million notes", ylabel="nats per note: time, pitch, duration")
    right.legend()
    figure.savefig(path, dpi=90)
    plt.close(figure)


def save(path, **state):
    torch.save(state, path + ".new")
    os.replace(path + ".new", path)


def optimisers_of(model, args):
    matrices = [p for n, p in model.named_parameters() if p.ndim == 2 and (n.startswith("blocks") or "_mlp." in n)]
    chosen = {id(p) for p in matrices}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    return [
        Muon(matrices, lr=args.rate, weight_decay=args.weight_decay),
        torch.optim.AdamW(rest, lr=args.adam_rate, betas=(0.9, 0.97), eps=1e-9, weight_decay=0.0),
    ]


def main():
    args = parse()
    os.makedirs(args.out, exist_ok=True)
    torch.set_num_threads(1)  # the workers are the threads; OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1 keep theirs to one
    pool = ThreadPoolExecutor(args.workers)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    train, valid = Shards(args.shards, "train"), Shards(args.shards, "valid-a")

    model = TransformerModel(args.width, args.layers, args.heads, args.feed).to(args.device)
    optimisers = optimisers_of(model, args)
    peaks = [args.rate, args.adam_rate]
    step, notes, seconds, history = 0, 0, 0.0, dict(train=[], valid=[], valid_given=[])
    path = os.path.join(args.out, "checkpoint.pt")
    if os.path.exists(path):
        old = torch.load(path, map_location=args.device)
        model.load_state_dict(old["model"])
        for optimiser, state in zip(optimisers, old["optimisers"]):
            optimiser.load_state_dict(state)
        rng.bit_generator.state = old["rng"]
        step, notes, seconds, history = old["step"], old["notes"], old["seconds"], old["history"]
        print(f"resumed at update {step}, {notes / 1e6:.2f} million notes", flush=True)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters on {args.device}", flush=True)

    def checkpoint(final):
        history["valid"].append((notes, validate(model, valid, args.device, given=False)))
        if final or len(history["valid"]) % 4 == 0:
            history["valid_given"].append((notes, validate(model, valid, args.device, given=True)))
        save(path, config=model.config, model=model.state_dict(), optimisers=[o.state_dict() for o in optimisers],
             rng=rng.bit_generator.state, history=history, step=step, notes=notes, seconds=seconds)
        with open(os.path.join(args.out, "history.json"), "w") as file:
            json.dump(history, file)
        draw_curves(history, os.path.join(args.out, "curves.png"))
        for key in ("valid", "valid_given"):
            if history[key] and history[key][-1][0] == notes:
                print(f"{key}: " + "  ".join(f"{role} {v['note']:.3f}" for role, v in history[key][-1][1].items()), flush=True)

    saved_at, shown = seconds, []
    for batch in train.batches(SHARES, args.sequences, args.length, rng):
        began = time.monotonic()
        progress = max(step / args.steps, seconds / (60 * args.minutes))
        share = rate_at(step, progress, args)
        for optimiser, peak in zip(optimisers, peaks):
            for group in optimiser.param_groups:
                group["lr"] = peak * share
        loss, events = learn(model, batch, pool, args)
        torch.nn.utils.clip_grad_norm_(model.parameters(), args.clip)
        for optimiser in optimisers:
            optimiser.step()
        step, notes = step + 1, notes + events
        shown.append((loss, events, time.monotonic() - began))
        seconds += shown[-1][2]
        if step % 10 == 0:
            mean = sum(l * n for l, n, _ in shown) / sum(n for _, n, _ in shown)
            speed = sum(n for _, n, _ in shown) / sum(s for _, _, s in shown)
            history["train"].append((notes, mean))
            print(f"update {step}  {notes / 1e6:.2f} M notes  {mean:.3f} nats/note  {speed:.0f} notes/s  {seconds / 60:.1f} min", flush=True)
            shown = []
        if progress >= 1 or step >= args.steps:
            checkpoint(final=True)
            return
        if seconds - saved_at > 60 * args.save_minutes:
            saved_at = seconds
            checkpoint(final=False)


if __name__ == "__main__":
    main()
