"""Writes a checkpoint's weights and golden answers for `midimuse-models build-onnx`.

    python3 export_lstm.py --checkpoint ../runs/lstm/checkpoint.pt --out ../runs/lstm

OUT/lstm.safetensors: a little-endian u64 with the length of a JSON header, the header (for each tensor dtype F32,
shape, data_offsets from the end of the header; __metadata__ with the sizes), then the raw f32 data.
OUT/golden.json: the model's answers to a small fixed input, see MidiMuse.Models.Onnx.GoldenFile.

Weights are rounded to half precision first, which is what the ONNX files store, so that both sides compute with the
same numbers.
"""

import argparse
import json
import os
import struct

import torch

from lstm import INPUTS, TARGETS, VOCABULARY, LstmModel

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
    header, data = {"__metadata__": {k: str(v) for k, v in dict(model.config, vocabulary=VOCABULARY).items()}}, b""
    for name, tensor in model.state_dict().items():
        raw = tensor.contiguous().numpy().astype("<f4").tobytes()
        header[name] = dict(dtype="F32", shape=list(tensor.shape), data_offsets=[len(data), len(data) + len(raw)])
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # f32 data begins at a multiple of 8
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


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
    arrays = {
        k: [round(v, 6) for v in t.flatten().tolist()] if t.is_floating_point() else t.flatten().tolist()
        for k, t in tensors.items()
    }
    return dict(vocabulary=VOCABULARY, steps=GOLDEN_STEPS, batch=GOLDEN_BATCH, **arrays)


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
