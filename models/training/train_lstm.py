"""Trains the LSTM by likelihood on note-event shards.

    python3 train_lstm.py --shards ../runs/shards --out ../runs/lstm --minutes 80

Truncated back-propagation through time: a segment begins with the Start event and an empty state, is read in chunks,
and each chunk is one update. What is validated and exported is the moving average of the weights (Polyak averaging):
single updates are noisy, because the segments of a batch are alike in length. The same command resumes after an
interruption (runs.py).
"""

import argparse
import copy

import numpy as np
import torch

import note_curves
import runs
from lstm import LstmModel, losses
from note_events import CONDITIONS, IGNORE, ROLES
from sequences import padded, padded_batches
from shards import SHARES, Shards
from tensors import read_tensors


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shards", required=True)
    runs.add_options(p, minutes=80, save_minutes=4)
    p.add_argument("--start", help="weights of an earlier run (lstm.safetensors) to go on from")
    p.add_argument("--hidden", type=int, default=384)
    p.add_argument("--embedding", type=int, default=256)
    p.add_argument("--context", type=int, default=256)
    p.add_argument("--notes", type=int, default=4096, help="notes of an update")
    p.add_argument("--chunk", type=int, default=128, help="steps of back-propagation through time")
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--warmup", type=int, default=200, help="updates")
    p.add_argument("--clip", type=float, default=1.0)
    p.add_argument("--average", type=float, default=0.99, help="decay of the weights' moving average, per update")
    return p.parse_args()


@torch.no_grad()
def validate(model, shards, device, given, most=64):
    """Mean nats of each attribute on the same `most` segments of every role. `note` is time + pitch + duration per note."""
    result = {}
    for role in ROLES:
        if role not in shards.segments:
            continue
        segments = [shards.rows(role, i) for i in shards.spread(role, most)]
        if not given:
            for rows in segments:
                rows[:, list(CONDITIONS)] = 0
        nats, labels, _ = losses(model, padded(segments).to(device), model.zero_state(len(segments), device))
        sums, counts = nats.sum((1, 2)).cpu(), (labels != IGNORE).sum((1, 2)).cpu()
        result[role] = note_curves.by_attribute(sums, counts)
    return result


def main():
    args = parse()
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    train, valid = Shards(args.shards, "train"), Shards(args.shards, "valid-a")
    model = LstmModel(args.hidden, args.embedding, args.context)
    if args.start:
        model.unfold(read_tensors(args.start))
    model.to(args.device)
    average = copy.deepcopy(model)
    optimiser = torch.optim.Adam(model.parameters(), lr=args.rate, betas=(0.9, 0.99))
    run = runs.Run(args, model.config, rng, dict(model=model, average=average, optimiser=optimiser))
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters on {args.device}", flush=True)
    meter = runs.Meter(run)
    chunks = chunks_of(padded_batches(train, SHARES, args.notes, args.chunk, rng), args.chunk)
    for step in run.updates(lambda: checkpoint(run, average, valid)):
        part, begins = next(chunks)
        state = model.zero_state(part.shape[1], args.device) if begins else tuple(s.detach() for s in state)
        runs.set_rate(optimiser, runs.cosine(step, run.progress, args.rate, args.warmup))
        nats, labels, state = losses(model, part.to(args.device), state)
        events = (labels[0] != IGNORE).sum().item()
        loss = nats.sum() / max(1, events)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), args.clip)
        optimiser.step()
        runs.move_average(average, model, args.average, step)
        run.seen += events
        meter.add(events, loss.item())
        if step % 20 == 19:
            note_curves.show(run, meter)


def chunks_of(batches, steps):
    """Each batch in chunks that overlap by a row: (int64 [steps + 1, batch, 18], whether it begins a batch)."""
    for rows in batches:
        for first in range(0, len(rows) - 1, steps):
            yield rows[first : first + steps + 1], first == 0


def checkpoint(run, average, valid):
    note_curves.checkpoint(run, [validate(average, valid, run.args.device, given) for given in (False, True)])


if __name__ == "__main__":
    main()
