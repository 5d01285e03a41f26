"""Writes named arrays for `midimuse-models build-onnx`.

A little-endian u64 with the length of a JSON header, the header (for each tensor dtype F32, shape, data_offsets from the
end of the header; __metadata__ with the sizes), then the raw f32 data: the safetensors layout.
"""

import json
import struct


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


def flat(tensors):
    """For golden.json: flat lists, floats to six digits."""
    return {
        k: [round(v, 6) for v in t.flatten().tolist()] if t.is_floating_point() else t.flatten().tolist()
        for k, t in tensors.items()
    }
