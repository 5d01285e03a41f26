"""Weights as `midimuse-models` reads them: a little-endian u64 with the length of a JSON header, the header (for each
tensor dtype F32, shape, data_offsets from its end; __metadata__ with the sizes), then the raw f32 data (safetensors).
"""

import json
import struct


def write(path, metadata, tensors):
    header, data = {"__metadata__": {k: str(v) for k, v in metadata.items()}}, b""
    for name, tensor in tensors.items():
        raw = tensor.contiguous().numpy().astype("<f4").tobytes()
        header[name] = dict(dtype="F32", shape=list(tensor.shape), data_offsets=[len(data), len(data) + len(raw)])
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # f32 data begins at a multiple of 8
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
