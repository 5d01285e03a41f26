"""Trains the GAN on pairs of successive bars, as latents of a trained VAE.

    python3 train_gan.py --shards ../runs/patterns --vae ../runs/vae/checkpoint.pt --out ../runs/gan --minutes 15

A Wasserstein GAN with gradient penalty: --critic-steps updates of the critic for each of the generator, Adam without
momentum of the gradient, and a moving average of the generator's weights, which is what is validated and exported.
Pairs are encoded once, with the VAE's weights rounded as they are exported. The same command resumes after an
interruption (runs.py).
"""

import argparse
import copy

import numpy as np
import torch

import runs
from gan import BAR_QUARTERS, Critic, Generator, gradient_penalty
from patterns import BAR_STEPS, BARS, DRUMS, LOWEST_PITCH, ROLES, STEPS_PER_QUARTER, Batch, PatternShards
from tensors import rounded
from train_vae import SHARES
from vae import PatternVae, f1, read

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 9, 10, 11)  # with the raised sixth and seventh


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shards", required=True)
    p.add_argument("--vae", required=True, help="its checkpoint.pt")
    runs.add_options(p, minutes=15, save_minutes=2)
    p.add_argument("--pairs", type=int, default=120_000)
    p.add_argument("--noise", type=int, default=64)
    p.add_argument("--width", type=int, default=384)
    p.add_argument("--blocks", type=int, default=3)
    p.add_argument("--batch", type=int, default=64)
    p.add_argument("--critic-steps", type=int, default=3)
    p.add_argument("--penalty", type=float, default=10)
    p.add_argument("--rate", type=float, default=3e-4)
    p.add_argument("--average", type=float, default=0.998)
    p.add_argument("--threads", type=int, default=1)
    return p.parse_args()


def load_vae(path, device):
    checkpoint = torch.load(path, map_location=device)
    vae = PatternVae(**checkpoint["config"]).to(device)
    vae.load_state_dict(checkpoint["average"])
    return rounded(vae)


def half(batch, length, second):
    """The first or the second bar of patterns of two, length int64 [patterns] steps each."""
    chosen = (batch.step >= length[batch.owner]) == second
    step = batch.step[chosen] - length[batch.owner[chosen]] * int(second)
    return Batch(batch.role, batch.mode, batch.meter, length, batch.owner[chosen], step, batch.pitch[chosen], batch.duration[chosen])


def encoded(vae, bar):
    conditions, coverage = bar.conditions(), bar.coverage(BAR_QUARTERS)
    return vae.encode(bar.features(BAR_QUARTERS), conditions, coverage)[0].flatten(1)


class Pairs:
    """Successive bars: their latents and what is known about them. The last bar is never empty."""

    @torch.no_grad()
    def __init__(self, shards, vae, count, rng):
        usable = {
            role: np.nonzero((w[:, BARS] >= 2) & (w[:, BAR_STEPS] <= BAR_QUARTERS * STEPS_PER_QUARTER))[0] for role, w in shards.windows.items()
        }
        roles = [role for role in SHARES if role in usable and len(usable[role])]
        weights = np.array([SHARES[role] for role in roles])
        previous, following, conditions, coverage = [], [], [], []
        while sum(map(len, previous)) < count:
            chosen = [(roles[r], int(rng.choice(usable[roles[r]]))) for r in rng.choice(len(roles), 512, p=weights / weights.sum())]
            starts = [int(rng.integers(shards.windows[role][i][BARS] - 1)) for role, i in chosen]
            batch = shards.cut(chosen, starts, 2, rng, 0.1, framed=1)
            length = batch.steps // 2
            first, second = half(batch, length, False), half(batch, length, True)
            sounding = torch.zeros(batch.size, dtype=torch.bool, device=length.device)
            sounding[first.owner] = True
            previous.append(encoded(vae, first)[sounding])
            following.append(encoded(vae, second)[sounding])
            conditions.append(first.conditions()[sounding])
            coverage.append(first.coverage(BAR_QUARTERS)[sounding])
        self.previous, self.following = torch.cat(previous), torch.cat(following)
        self.conditions, self.coverage = torch.cat(conditions), torch.cat(coverage)

    def __len__(self):
        return len(self.previous)

    def draw(self, size, rng):
        i = torch.from_numpy(rng.integers(len(self), size=size))
        return self.previous[i], self.following[i], self.conditions[i], self.coverage[i]


@torch.no_grad()
def bars_of(vae, latent, conditions, coverage):
    """Decodes latents of bars: bool [n, 48, 73]."""
    lengths = (coverage.sum(1) * STEPS_PER_QUARTER).round().long()
    return read(vae, latent.view(len(latent), BAR_QUARTERS, -1), conditions, coverage, lengths)[0]


def measures(notes, previous, conditions):
    """What can be said of bars beside the critic's opinion: notes a bar (mean, deviation), share of empty bars, mean entropy
    of pitch classes in bits, share of notes in the key's scale, F1 with the bar before, share of exact repetitions of it."""
    count = notes.sum((1, 2)).float()
    classes = torch.zeros(len(notes), 12, device=notes.device)
    pitches = torch.arange(notes.shape[2], device=notes.device) + LOWEST_PITCH
    classes.index_add_(1, pitches % 12, notes.sum(1).float())
    pitched = (conditions[:, DRUMS] == 0) & (count > 0)
    share = classes[pitched] / classes[pitched].sum(1, keepdim=True)
    entropy = -(share * share.clamp(min=1e-9).log2()).sum(1)
    inside = []
    for mode, scale in ((1, MAJOR), (2, MINOR)):
        of_mode = classes[pitched & (conditions[:, len(ROLES) + mode] > 0)]
        inside.append((of_mode[:, list(scale)].sum().item(), of_mode.sum().item()))
    return dict(
        notes=count.mean().item(),
        notes_deviation=count.std().item(),
        empty=(count == 0).float().mean().item(),
        entropy=entropy.mean().item(),
        in_key=sum(i for i, _ in inside) / max(1, sum(n for _, n in inside)),
        like_previous=f1(notes, previous, (1, 2)).mean().item(),
        repeated=(notes == previous).flatten(1).all(1).float().mean().item(),
    )


@torch.no_grad()
def validate(generator, vae, pairs, seed=1):
    noise = torch.randn(len(pairs), generator.config["noise"], generator=torch.Generator().manual_seed(seed)).to(pairs.previous.device)
    proposed = bars_of(vae, generator(pairs.previous, pairs.conditions, pairs.coverage, noise), pairs.conditions, pairs.coverage)
    other = bars_of(vae, generator(pairs.previous, pairs.conditions, pairs.coverage, noise.roll(1, 0)), pairs.conditions, pairs.coverage)
    real = bars_of(vae, pairs.following, pairs.conditions, pairs.coverage)
    previous = bars_of(vae, pairs.previous, pairs.conditions, pairs.coverage)
    result = dict(real=measures(real, previous, pairs.conditions), proposed=measures(proposed, previous, pairs.conditions))
    result["real"]["like_real"] = 1.0
    result["proposed"]["like_real"] = f1(proposed, real, (1, 2)).mean().item()
    result["proposed"]["like_other_noise"] = f1(proposed, other, (1, 2)).mean().item()
    return result


def draw(history, left, middle, right):
    left.plot(*zip(*history["train"]), linewidth=0.8)
    left.set(title="critic: real minus proposed", xlabel="updates of the generator", ylabel="Wasserstein estimate")
    steps = [s for s, _ in history["valid"]]
    for axis, names in ((middle, ("notes", "notes_deviation")), (right, ("entropy", "in_key", "like_previous", "repeated"))):
        for name in names:
            line = axis.plot(steps, [v["proposed"][name] for _, v in history["valid"]], marker=".", label=name)
            axis.axhline(history["valid"][-1][1]["real"][name], linestyle="--", linewidth=0.8, color=line[0].get_color())
        axis.set(title="tier A, split valid; dashed: real bars", xlabel="updates of the generator")
        axis.legend()


def checkpoint(run, average, vae, held_out):
    run.history["valid"].append((run.step, validate(average, vae, held_out)))
    run.save()
    if run.history["train"]:
        run.curves(15, 3, lambda axes: draw(run.history, *axes))
    for name, values in run.history["valid"][-1][1].items():
        print(f"valid, {name}: " + "  ".join(f"{k} {v:.3f}" for k, v in values.items()), flush=True)


def show(run, meter):
    (gap,), speed = meter.take()
    run.history["train"].append((run.step + 1, gap))
    print(f"update {run.step + 1}  gap {gap:.3f}  {speed:.1f} updates/s  {run.seconds / 60:.1f} min", flush=True)


def main():
    args = parse()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    vae = load_vae(args.vae, args.device)
    draws = np.random.default_rng(args.seed)
    pairs = Pairs(PatternShards(args.shards, "train", args.device), vae, args.pairs, draws)
    held_out = Pairs(PatternShards(args.shards, "valid-a", args.device), vae, min(2000, args.pairs), np.random.default_rng(1))
    rng = np.random.default_rng(args.seed + 1)

    latent = vae.config["latent"]
    generator, critic = Generator(latent, args.noise, args.width, args.blocks).to(args.device), Critic(latent, args.width).to(args.device)
    average = copy.deepcopy(generator)
    of_generator, of_critic = (torch.optim.Adam(n.parameters(), lr=args.rate, betas=(0.0, 0.9)) for n in (generator, critic))
    parts = dict(generator=generator, critic=critic, average=average, of_generator=of_generator, of_critic=of_critic)
    run = runs.Run(args, generator.config, rng, parts)
    print(f"{len(pairs):,} pairs; {sum(p.numel() for p in generator.parameters()):,} parameters on {args.device}", flush=True)
    meter = runs.Meter(run)

    def noise():
        return torch.randn(args.batch, args.noise, device=args.device)

    for step in run.updates(lambda: checkpoint(run, average, vae, held_out)):
        for optimiser in (of_generator, of_critic):
            runs.set_rate(optimiser, args.rate * min(1.0, 2 * (1 - run.progress) + 0.02))  # constant, then linear to 2 %
        for _ in range(args.critic_steps):
            previous, real, conditions, coverage = pairs.draw(args.batch, rng)
            with torch.no_grad():
                proposed = generator(previous, conditions, coverage, noise())
            gap = critic(previous, real, conditions, coverage).mean() - critic(previous, proposed, conditions, coverage).mean()
            penalty = gradient_penalty(critic, previous, real, proposed, conditions, coverage)
            of_critic.zero_grad()
            (args.penalty * penalty - gap).backward()
            of_critic.step()
        previous, _, conditions, coverage = pairs.draw(args.batch, rng)
        proposed = generator(previous, conditions, coverage, noise())
        of_generator.zero_grad()
        (-critic(previous, proposed, conditions, coverage).mean()).backward()
        of_generator.step()
        runs.move_average(average, generator, args.average, step)
        run.seen += args.batch
        meter.add(1, gap.item())
        if step % 100 == 99:
            show(run, meter)


if __name__ == "__main__":
    main()
