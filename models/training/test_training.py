"""Tests of the training code: python3 -m unittest, in this folder."""

import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import torch

import export_lstm
from lstm import IGNORE, INPUTS, PADDING, TARGETS, LstmModel, labels_of, losses, without_padding
from shards import Shards

START = [130, 128, 72, 33, 0, 0, 0, 0, 1]
NOTE = [24, 60, 23, 32, 24, 0, 0, 0, 1]  # velocity unknown
LOUD = [24, 62, 23, 20, 48, 0, 0, 0, 1]
END = [129] + [PADDING] * 8
NOTHING = [PADDING] * 9


def rows_of(*segments):
    return torch.tensor(segments).transpose(0, 1)  # [rows, batch, 9]


class Losses(unittest.TestCase):
    def test_padding_the_start_and_unknown_velocities_are_no_targets(self):
        labels = labels_of(rows_of([START, NOTE, LOUD, END, NOTHING])[1:])[:, :, 0]
        self.assertEqual(labels.tolist(), [
            [24, 24, 129, IGNORE], [60, 62, IGNORE, IGNORE], [23, 23, IGNORE, IGNORE], [IGNORE, 20, IGNORE, IGNORE]])

    def test_padding_changes_no_loss(self):
        torch.manual_seed(1)
        model = LstmModel(hidden=6, embedding=5, context=4)
        alone = losses(model, rows_of([START, NOTE, LOUD]), model.zero_state(1, "cpu"))[0]
        padded = losses(model, rows_of([START, NOTE, LOUD, NOTHING, NOTHING]), model.zero_state(1, "cpu"))[0]
        torch.testing.assert_close(alone, padded[:, :2])
        self.assertEqual(padded[:, 2:].abs().sum().item(), 0)

    def test_chunks_with_carried_state_give_the_loss_of_the_whole(self):
        torch.manual_seed(2)
        model = LstmModel(hidden=6, embedding=5, context=4)
        rows = rows_of([START, NOTE, LOUD, NOTE, LOUD])
        whole = losses(model, rows, model.zero_state(1, "cpu"))[0]
        first, _, state = losses(model, rows[:3], model.zero_state(1, "cpu"))
        second = losses(model, rows[2:], state)[0]
        torch.testing.assert_close(whole, torch.cat([first, second], 1))

    def test_a_head_does_not_see_what_is_chosen_after_it(self):
        torch.manual_seed(3)
        model = LstmModel(hidden=6, embedding=5, context=4)
        a, b = rows_of([START, NOTE]), rows_of([START, NOTE])
        b[1, 0, 1:4] = torch.tensor([70, 5, 9])  # another pitch, duration, velocity
        logits = [
            model(without_padding(r[:-1], INPUTS), without_padding(r[1:], TARGETS + INPUTS[4:]), model.zero_state(1, "cpu"))[0]
            for r in (a, b)
        ]
        torch.testing.assert_close(logits[0][0], logits[1][0])
        torch.testing.assert_close(logits[0][1], logits[1][1])
        self.assertFalse(torch.equal(logits[0][2], logits[1][2]))


class Training(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        segment = np.full((257, 9), PADDING, np.uint8)
        segment[:41] = [START] + [NOTE, LOUD] * 20
        self.write("train", np.stack([segment] * 8))
        self.write("valid-a", np.stack([segment] * 2))
        files = [dict(file=f"{s}.melody.u8", set=s, role="melody", segments=n, notes=40 * n) for s, n in (("train", 8), ("valid-a", 2))]
        with open(os.path.join(self.folder.name, "index.json"), "w") as file:
            json.dump(dict(format=1, vocabulary=1, rows=257, columns=9, files=files), file)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, array):
        array.tofile(os.path.join(self.folder.name, f"{name}.melody.u8"))

    def train(self, steps):
        here = os.path.dirname(os.path.abspath(__file__))
        out = os.path.join(self.folder.name, "run")
        subprocess.run(
            [sys.executable, os.path.join(here, "train_lstm.py"), "--shards", self.folder.name, "--out", out, "--steps", str(steps),
             "--hidden", "8", "--embedding", "8", "--context", "8", "--notes", "160", "--chunk", "16", "--warmup", "1",
             "--rate", "0.02", "--device", "cpu"],
            check=True, capture_output=True)
        return torch.load(os.path.join(out, "checkpoint.pt"))

    def test_a_run_learns_and_goes_on_where_it_stopped(self):
        first = self.train(20)
        second = self.train(60)
        self.assertGreater(second["step"], first["step"])
        self.assertGreater(second["notes"], first["notes"])
        valid = [v["melody"]["sum"] for _, v in second["history"]["valid"]]
        self.assertLess(valid[-1], valid[0])

    def test_batches_are_cut_after_the_longest_segment(self):
        shards = Shards(self.folder.name, "train")
        rows = next(shards.batches(dict(melody=1.0, bass=1.0), 160, 16, np.random.default_rng(1)))
        self.assertEqual(tuple(rows.shape), (41, 10, 9))


class Export(unittest.TestCase):
    def test_the_weights_file_holds_every_tensor(self):
        model = export_lstm.tiny()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "lstm.safetensors")
            export_lstm.write_weights(model, path)
            with open(path, "rb") as file:
                (length,) = struct.unpack("<Q", file.read(8))
                header, data = json.loads(file.read(length)), file.read()
        self.assertEqual(header.pop("__metadata__")["hidden"], "6")
        for name, tensor in model.state_dict().items():
            begin, end = header[name]["data_offsets"]
            values = np.frombuffer(data[begin:end], "<f4").reshape(header[name]["shape"])
            np.testing.assert_array_equal(values, tensor.numpy())


if __name__ == "__main__":
    unittest.main()
