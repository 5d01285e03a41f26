"""Trains the Transformer by likelihood on note-event shards.

    python3 train_transformer.py --shards ../runs/shards --out ../runs/transformer --minutes 75

Sequences are packed segments (sequences.py). Hidden matrices learn with Muon, everything else with AdamW; the rate
warms up, stays, and falls linearly to nothing over the last part of the budget, so that the run is ripe when the clock
(or --steps) ends it. Everything needed to go on after an interruption is in OUT/checkpoint.pt, written every few minutes;
the same command resumes. OUT/history.json and OUT/curves.png show the progress.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch

import note_curves
import runs
from muon import Muon
from note_events import CONDITIONS, IGNORE, ROLES
from sequences import packed, packed_batches
from shards import SHARES, Shards
from tensors import read_tensors
from transformer import TransformerModel, losses


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shards", required=True)
    runs.add_options(p, minutes=75, save_minutes=5)
    runs.add_precision(p)
    p.add_argument("--start", help="weights of an earlier run (transformer.safetensors) to go on from")
    p.add_argument("--width", type=int, default=192)
    p.add_argument("--layers", type=int, default=7)
    p.add_argument("--heads", type=int, default=3)
    p.add_argument("--feed", type=int, default=1280)
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
    return p.parse_args()


def rate_at(step, progress, args):
    """Share of the peak rate."""
    return min(1.0, (step + 1) / args.warmup, max(0.0, 1 - progress) / args.fall)


def gradients(model, part, bf16):
    """Sum of the nats of a part of a batch, its number of events, and the gradient of that sum."""
    with torch.autocast(part[0].device.type, torch.bfloat16, enabled=bf16):  # for this thread only
        nats, labels = losses(model, *part)
    parameters = list(model.parameters())
    total = nats.sum()
    return total.item(), (labels[0] != IGNORE).sum().item(), torch.autograd.grad(total, parameters)


def learn(model, batch, pool, args):
    """Puts the mean gradient of a batch into the model: nats per event, and the number of events.

    The parts are added in their order, whoever computed them, so that a run can be repeated.
    """
    parts = zip(*(t.to(args.device).split(args.part) for t in batch))
    results = list(pool.map(lambda part: gradients(model, part, args.bf16), parts))
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
        sums, counts = torch.zeros(4), torch.zeros(4)
        chosen = sorted(shards.spread(role, most), key=lambda i: shards.lengths[role][i])
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
        result[role] = note_curves.by_attribute(sums, counts)
    return result


def optimisers_of(model, args):
    matrices = [p for n, p in model.named_parameters() if p.ndim == 2 and (n.startswith("blocks") or "_mlp." in n)]
    chosen = {id(p) for p in matrices}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    return dict(
        muon=Muon(matrices, lr=args.rate, weight_decay=args.weight_decay, bf16=args.bf16),
        adamw=torch.optim.AdamW(rest, lr=args.adam_rate, betas=(0.9, 0.97), eps=1e-9, weight_decay=0.0),
    )


def main():
    args = parse()
    torch.set_num_threads(1)  # the workers are the threads; OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1 keep theirs to one
    pool = ThreadPoolExecutor(args.workers)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    train, valid = Shards(args.shards, "train"), Shards(args.shards, "valid-a")
    model = TransformerModel(args.width, args.layers, args.heads, args.feed)
    if args.start:
        model.unfold(read_tensors(args.start))
    model.to(args.device)
    optimisers = optimisers_of(model, args)
    run = runs.Run(args, model.config, rng, dict(model=model, **optimisers))
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters on {args.device}", flush=True)
    meter = runs.Meter(run)
    batches = packed_batches(train, SHARES, args.sequences, args.length, rng)
    for step in run.updates(lambda: checkpoint(run, model, valid)):
        share = rate_at(step, run.progress, args)
        runs.set_rate(optimisers["muon"], args.rate * share)
        runs.set_rate(optimisers["adamw"], args.adam_rate * share)
        loss, events = learn(model, next(batches), pool, args)
        torch.nn.utils.clip_grad_norm_(model.parameters(), args.clip)
        for optimiser in optimisers.values():
            optimiser.step()
        run.seen += events
        meter.add(events, loss)
        if step % 10 == 9:
            note_curves.show(run, meter)


def checkpoint(run, model, valid):
    note_curves.checkpoint(run, [validate(model, valid, run.args.device, given) for given in (False, True)])


if __name__ == "__main__":
    main()
