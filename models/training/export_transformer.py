"""Writes a checkpoint's weights and golden answers for `midimuse-models build-onnx`.

    python3 export_transformer.py --checkpoint ../runs/transformer/checkpoint.pt --out ../runs/transformer

OUT/transformer.safetensors: see tensors.py. Shared rows of the tables are added up, so that the runtime needs to know
nothing of them. OUT/golden.json: the model's answers to a small fixed input, see MidiMuse.Models.Onnx.TransformerGolden.

Weights are rounded to half precision first, which is what the ONNX files store, so that both sides compute with the
same numbers.
"""

import argparse
import json
import os

import torch

from tensors import flat, write_tensors
from transformer import CHORD, INPUTS, PHASE, POSITION, TARGETS, VOCABULARY, Logits, Table, TransformerModel

CAPACITY = 256  # events that the runtime remembers: as many as a training sequence has
GOLDEN_STEPS = 12


def load(path):
    checkpoint = torch.load(path, map_location="cpu")
    model = TransformerModel(**checkpoint["config"])
    model.load_state_dict(checkpoint["model"])
    return rounded(model)


def tiny():
    torch.manual_seed(1)
    model = TransformerModel(width=16, layers=2, heads=2, feed=24)
    with torch.no_grad():  # outputs of the residual branches begin at zero: untrained they would show nothing
        for name, parameter in model.named_parameters():
            if name.endswith(("o.weight", "down.weight", "bias")):
                parameter.normal_(std=0.2)
    return rounded(model)


def rounded(model):
    """The same model with folded tables, every weight a half-precision number."""
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, Table):
                module.own.copy_(module.weight().half().float())
                if hasattr(module, "shared"):
                    module.shared.zero_()
        for name, parameter in model.named_parameters():
            parameter.copy_(parameter.half().float())
    return model.eval()


@torch.no_grad()
def golden(model):
    generator = torch.Generator().manual_seed(1)

    def drawn(classes):
        return torch.randint(0, classes, (1, GOLDEN_STEPS), generator=generator)

    events = torch.stack([drawn(classes) for classes in INPUTS], dim=-1)  # [1, steps, 18]
    time, pitch, duration = (drawn(TARGETS[i]) for i in range(3))
    position, phase, chord = (drawn(INPUTS[i]) for i in (POSITION, PHASE, CHORD))
    context = model.backbone(events)
    pitch_logits, x = model.pitch_head(context, time, position, phase, chord)
    duration_logits, x = model.duration_head(x, pitch)
    return dict(
        vocabulary=VOCABULARY, steps=GOLDEN_STEPS,
        **flat(dict(
            events=events, time_shift=time, position=position, bar_phase=phase, chord=chord, pitch=pitch, duration=duration,
            context=context, time_logits=model.time(context), pitch_logits=pitch_logits,
            duration_logits=duration_logits, velocity_logits=model.velocity_head(x, duration),
        )),
    )


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
    with open(os.path.join(args.out, "golden.json"), "w") as file:
        json.dump(golden(model), file)
        file.write("\n")


if __name__ == "__main__":
    main()
