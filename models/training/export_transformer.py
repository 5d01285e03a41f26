"""Writes a checkpoint's weights and golden answers for `midimuse-models build-onnx`.

    python3 export_transformer.py --checkpoint ../runs/transformer/checkpoint.pt --out ../runs/transformer

OUT/transformer.safetensors: see tensors.py. Shared rows of the tables are added up, so that the runtime needs to know
nothing of them. OUT/golden.json: the model's answers to a small fixed input, see MidiMuse.Models.Onnx.EventGolden.

Weights are rounded to half precision first, which is what the ONNX files store, so that both sides compute with the
same numbers.
"""

import argparse
import os

import torch

import golden
from note_events import VOCABULARY
from tensors import rounded, write_golden, write_tensors
from transformer import TransformerModel

CAPACITY = 256  # events that the runtime remembers: as many as a training sequence has


def load(path):
    checkpoint = torch.load(path, map_location="cpu")
    model = TransformerModel(**checkpoint["config"])
    model.load_state_dict(checkpoint["model"])
    return rounded(model.fold())


def tiny():
    torch.manual_seed(1)
    model = TransformerModel(width=16, layers=2, heads=2, feed=24)
    with torch.no_grad():  # outputs of the residual branches begin at zero: untrained they would show nothing
        for name, parameter in model.named_parameters():
            if name.endswith(("o.weight", "down.weight", "bias")):
                parameter.normal_(std=0.2)
    return rounded(model.fold())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint")
    source.add_argument("--tiny", action="store_true", help="random weights of a few kilobytes, for tests")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    model = tiny() if args.tiny else load(args.checkpoint)
    metadata = dict(model.config, vocabulary=VOCABULARY, capacity=CAPACITY, rotary_base=int(model.ROTARY_BASE))
    write_tensors(model.folded(), metadata, os.path.join(args.out, "transformer.safetensors"))
    write_golden(os.path.join(args.out, "golden.json"), VOCABULARY, **golden.answers(model, model.backbone))


if __name__ == "__main__":
    main()
