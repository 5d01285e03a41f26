"""How training on note events shows its progress: lines, validation with and without conditions, curves."""

from note_events import ATTRIBUTES, ROLES


def by_attribute(sums, counts):
    """Mean nats of each attribute; `note` is time + pitch + duration per note. sums f32 [4], counts [4]."""
    nats = {a: (sums[i] / counts[i].clamp(min=1)).item() for i, a in enumerate(ATTRIBUTES)}
    return dict(nats, note=(sums[:3].sum() / counts[1]).item())


def show(run, meter):
    (mean,), speed = meter.take()
    run.history["train"].append((run.seen, mean))
    print(f"update {run.step + 1}  {run.seen / 1e6:.2f} M notes  {mean:.3f} nats/note  {speed:.0f} notes/s  {run.seconds / 60:.1f} min", flush=True)


def checkpoint(run, results):
    """Saves a run with what was validated: role -> nats, without and with the conditions told."""
    run.history["valid"].append((run.seen, *results))
    run.save()
    run.curves(11, 2, lambda axes: draw(run.history, *axes))
    for title, result in zip(("valid", "told the conditions"), results):
        print(f"{title}: " + "  ".join(f"{role} {v['note']:.3f}" for role, v in result.items()), flush=True)


def draw(history, left, right):
    left.plot(*zip(*((n / 1e6, mean) for n, mean in history["train"])), linewidth=0.8)
    left.set(title="training (mixture of roles)", xlabel="million notes", ylabel="nats per note, all four attributes")
    for colour, role in enumerate(ROLES):
        for given, style in ((0, "-"), (1, ":")):
            points = [(n / 1e6, results[given][role]["note"]) for n, *results in history["valid"] if role in results[given]]
            if points:
                right.plot(*zip(*points), style, marker=".", color=f"C{colour}", label=None if given else role)
    right.set(title="tier A, split valid (subset); dotted: conditions given", xlabel="million notes", ylabel="nats per note: time, pitch, duration")
    right.legend()
