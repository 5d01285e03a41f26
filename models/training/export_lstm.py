"""Writes a checkpoint's weights and golden answers for `midimuse-models build-onnx`.

    python3 export_lstm.py --checkpoint ../runs/lstm/checkpoint.pt --out ../runs/lstm

OUT/lstm.safetensors: see tensors.py. Shared rows of the tables are added up, so that the runtime needs to know nothing of
them. OUT/golden.json: see MidiMuse.Models.Onnx.EventGolden. Weights are rounded to half precision first, so that both
sides compute with the same numbers.
"""

import argparse
import os

import torch

import golden
from lstm import LstmModel
from note_events import VOCABULARY
from tensors import rounded, write_golden, write_tensors


def load(path):
    checkpoint = torch.load(path, map_location="cpu")
    model = LstmModel(**checkpoint["config"])
    model.load_state_dict(checkpoint["average"])
    return rounded(model.fold())


def tiny():
    torch.manual_seed(1)
    return rounded(LstmModel(hidden=6, embedding=5, context=4).fold())


def backbone(model, events):
    return model.backbone(events.transpose(0, 1), model.zero_state(1, "cpu"))[0].transpose(0, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint")
    source.add_argument("--tiny", action="store_true", help="random weights of a few kilobytes, for tests")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    model = tiny() if args.tiny else load(args.checkpoint)
    write_tensors(model.folded(), dict(model.config, vocabulary=VOCABULARY), os.path.join(args.out, "lstm.safetensors"))
    write_golden(os.path.join(args.out, "golden.json"), VOCABULARY, **golden.answers(model, lambda events: backbone(model, events)))


if __name__ == "__main__":
    main()
