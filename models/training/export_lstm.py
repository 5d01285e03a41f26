"""Writes a checkpoint's weights and golden answers for `midimuse-models build-onnx`.

    python3 export_lstm.py --checkpoint ../runs/lstm/checkpoint.pt --out ../runs/lstm

OUT/lstm.safetensors: see tensors.py.
OUT/golden.json: the model's answers to a small fixed input, see MidiMuse.Models.Onnx.GoldenFile.

Weights are rounded to half precision first, which is what the ONNX files store, so that both sides compute with the
same numbers.
"""

import argparse
import json
import os

import torch

from lstm import INPUTS, TARGETS, VOCABULARY, LstmModel
from tensors import flat, write_tensors

GOLDEN_STEPS, GOLDEN_BATCH = 4, 2


def load(path):
    checkpoint = torch.load(path, map_location="cpu")
    model = LstmModel(**checkpoint["config"])
    model.load_state_dict(checkpoint["average"])
    return rounded(model)


def tiny():
    torch.manual_seed(1)
    return rounded(LstmModel(hidden=6, embedding=5, context=4))


def rounded(model):
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())
    return model.eval()


def write_weights(model, path):
    write_tensors(model.state_dict(), dict(model.config, vocabulary=VOCABULARY), path)


def drawn(shape, classes, generator):
    return torch.randint(0, classes, shape, generator=generator)


@torch.no_grad()
def golden(model):
    generator = torch.Generator().manual_seed(1)
    shape = (GOLDEN_STEPS, GOLDEN_BATCH)
    events = torch.stack([drawn(shape, classes, generator) for classes in INPUTS], dim=-1)  # [steps, batch, 9]
    time, pitch, duration = (drawn(shape, TARGETS[i], generator) for i in range(3))
    position, phase = drawn(shape, INPUTS[4], generator), drawn(shape, INPUTS[5], generator)
    context, (h, c) = model.backbone(events, model.zero_state(GOLDEN_BATCH, "cpu"))
    pitch_logits, x = model.pitch_head(context, time, position, phase)
    duration_logits, x = model.duration_head(x, pitch)
    tensors = dict(
        events=events, time_shift=time, position=position, bar_phase=phase, pitch=pitch, duration=duration,
        context=context, h_out=h, c_out=c, time_logits=model.time(context), pitch_logits=pitch_logits,
        duration_logits=duration_logits, velocity_logits=model.velocity_head(x, duration),
    )
    return dict(vocabulary=VOCABULARY, steps=GOLDEN_STEPS, batch=GOLDEN_BATCH, **flat(tensors))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint")
    source.add_argument("--tiny", action="store_true", help="random weights of a few kilobytes, for tests")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    model = tiny() if args.tiny else load(args.checkpoint)
    write_weights(model, os.path.join(args.out, "lstm.safetensors"))
    with open(os.path.join(args.out, "golden.json"), "w") as file:
        json.dump(golden(model), file)
        file.write("\n")


if __name__ == "__main__":
    main()
