"""Writes the weights and golden answers of a VAE or a GAN for `midimuse-models build-pattern-onnx`.

    python3 export_patterns.py --vae ../runs/vae/checkpoint.pt --out ../runs/vae
    python3 export_patterns.py --gan ../runs/gan/checkpoint.pt --out ../runs/gan

OUT/vae.safetensors or OUT/gan.safetensors (tensors.py), and OUT/golden.json: the answers to a small fixed input, see
MidiMuse.Models.Patterns.VaeGolden and GanGolden. Weights are rounded to half precision first, which is what the ONNX
files store.
"""

import argparse
import os

import torch

from gan import BAR_QUARTERS, Generator
from patterns import CONDITIONS, QUARTERS, VOCABULARY, Batch
from tensors import rounded, write_golden, write_tensors
from train_gan import load_vae
from vae import PatternVae

# Two bars of 4/4: a tune with a triplet, a chord of six and a note that is held to the end. (step, pitch, duration)
TUNE = (
    (0, 36, 9), (8, 38, 6), (12, 40, 6), (16, 41, 4), (17, 40, 4), (21, 38, 4), (24, 24, 11), (24, 28, 11), (24, 31, 11), (24, 36, 12),
    (24, 40, 12), (24, 43, 12), (40, 45, 3), (42, 43, 3), (44, 41, 3), (46, 40, 3), (48, 36, 13),
)


def tiny_vae():
    torch.manual_seed(1)
    return rounded(PatternVae(width=6, latent=3, step_width=4, note_width=5))


def tiny_gan():
    torch.manual_seed(2)
    return rounded(Generator(latent=3, noise=4, width=6))


def load_gan(path):
    checkpoint = torch.load(path, map_location="cpu")
    generator = Generator(**checkpoint["config"])
    generator.load_state_dict(checkpoint["average"])
    return rounded(generator)


@torch.no_grad()
def vae_golden(vae):
    notes = torch.tensor(TUNE)
    one = lambda value: torch.tensor([value])
    batch = Batch(one(0), one(1), one(0), one(64), torch.zeros(len(TUNE), dtype=torch.int64), *notes.T)
    conditions, coverage = batch.conditions(), batch.coverage(QUARTERS)
    latent, _ = vae.encode(batch.features(QUARTERS), conditions, coverage)
    count, pitch, low, high = vae(latent, conditions, coverage)
    return dict(steps=64, notes=notes.tolist(), latent=latent, count=count, pitch=pitch, low_duration=low, high_duration=high)


@torch.no_grad()
def gan_golden(generator):
    random = torch.Generator().manual_seed(1)
    previous = torch.randn(1, BAR_QUARTERS * generator.config["latent"], generator=random)
    conditions = torch.zeros(1, CONDITIONS)
    conditions[0, [0, 7, 9]] = 1  # melody, major, 4/4
    coverage = torch.tensor([[1.0, 1, 1, 1, 0, 0]])
    noise = torch.randn(1, generator.config["noise"], generator=random)
    inputs = dict(previous=previous, conditions=conditions, coverage=coverage, noise=noise)
    inputs = {k: (v * 1e6).round() / 1e6 for k, v in inputs.items()}  # what the file will say
    return dict(inputs, next=generator(**inputs))


def write(out, name, model, golden):
    os.makedirs(out, exist_ok=True)
    write_tensors(model.state_dict(), dict(model.config, vocabulary=VOCABULARY), os.path.join(out, name + ".safetensors"))
    write_golden(os.path.join(out, "golden.json"), VOCABULARY, **golden)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--vae", help="checkpoint")
    source.add_argument("--gan", help="checkpoint")
    source.add_argument("--tiny", action="store_true", help="random weights of a few kilobytes, for tests: OUT/vae and OUT/gan")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    if args.tiny:
        vae, generator = tiny_vae(), tiny_gan()
        write(os.path.join(args.out, "vae"), "vae", vae, vae_golden(vae))
        write(os.path.join(args.out, "gan"), "gan", generator, gan_golden(generator))
    elif args.vae:
        vae = load_vae(args.vae, "cpu")
        write(args.out, "vae", vae, vae_golden(vae))
    else:
        generator = load_gan(args.gan)
        write(args.out, "gan", generator, gan_golden(generator))


if __name__ == "__main__":
    main()
