"""Writes named arrays for `midimuse-models build-onnx`, and reads them to train on from what was exported.

A little-endian u64 with the length of a JSON header, the header (for each tensor dtype F32, shape, data_offsets from the
end of the header; __metadata__ with the sizes), then the raw f32 data: the safetensors layout.
"""

import json
import struct

import numpy as np
import torch


def write_tensors(tensors, metadata, path):
    header, data = {"__metadata__": {k: str(v) for k, v in metadata.items()}}, b""
    for name, tensor in tensors.items():
        raw = tensor.contiguous().numpy().astype("<f4").tobytes()
        header[name] = dict(dtype="F32", shape=list(tensor.shape), data_offsets=[len(data), len(data) + len(raw)])
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # f32 data begins at a multiple of 8
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read_tensors(path):
    """The tensors of such a file, by name, f32."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        tensors[name] = torch.from_numpy(np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"]).copy())
    return tensors


@torch.no_grad()
def rounded(network):
    """The same network, every weight a half-precision number, which is what the ONNX files store."""
    for parameter in network.parameters():
        parameter.copy_(parameter.half().float())
    return network.eval()


def write_golden(path, vocabulary, **entries):
    """golden.json: a network's answers to a small fixed input, which the ONNX files are compared with. Tensors become flat lists."""
    tensors = {k: v for k, v in entries.items() if isinstance(v, torch.Tensor)}
    with open(path, "w") as file:
        json.dump(dict(dict(vocabulary=vocabulary, **entries), **flat(tensors)), file)
        file.write("\n")


def flat(tensors):
    """Flat lists, floats to six digits."""
    return {
        k: [round(v, 6) for v in t.flatten().tolist()] if t.is_floating_point() else t.flatten().tolist()
        for k, t in tensors.items()
    }
