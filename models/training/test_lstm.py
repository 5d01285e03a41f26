"""Tests of the LSTM's training code: python3 -m unittest, in this folder."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import torch

from event_network import valid_inputs
from lstm import LstmModel, losses
from note_events import CONDITIONS, IGNORE, INPUTS, PADDING, labels_of
from sequences import padded_batches
from shards import Shards
from tensors import read_tensors, write_tensors

GIVEN = [14, 2, 4, 6, 1, 4, 3, 0, 9]
BEGIN = [130, 128, 72, 33, 0, 0, 0, 0, 1] + GIVEN
NOTE = [24, 60, 23, 32, 24, 0, 0, 0, 1] + GIVEN  # velocity unknown
LOUD = [24, 62, 23, 20, 48, 0, 0, 0, 1] + GIVEN
END = [129] + [PADDING] * 17
NOTHING = [PADDING] * 18


def rows_of(*segments):
    return torch.tensor(segments).transpose(0, 1)  # [rows, batch, 18]


class Losses(unittest.TestCase):
    def test_padding_the_start_and_unknown_velocities_are_no_targets(self):
        labels = labels_of(rows_of([BEGIN, NOTE, LOUD, END, NOTHING])[1:])[:, :, 0]
        self.assertEqual(labels.tolist(), [
            [24, 24, 129, IGNORE], [60, 62, IGNORE, IGNORE], [23, 23, IGNORE, IGNORE], [IGNORE, 20, IGNORE, IGNORE]])

    def test_padding_changes_no_loss(self):
        torch.manual_seed(1)
        model = LstmModel(hidden=6, embedding=5, context=4)
        alone = losses(model, rows_of([BEGIN, NOTE, LOUD]), model.zero_state(1, "cpu"))[0]
        padded = losses(model, rows_of([BEGIN, NOTE, LOUD, NOTHING, NOTHING]), model.zero_state(1, "cpu"))[0]
        torch.testing.assert_close(alone, padded[:, :2])
        self.assertEqual(padded[:, 2:].abs().sum().item(), 0)

    def test_chunks_with_carried_state_give_the_loss_of_the_whole(self):
        torch.manual_seed(2)
        model = LstmModel(hidden=6, embedding=5, context=4)
        rows = rows_of([BEGIN, NOTE, LOUD, NOTE, LOUD])
        whole = losses(model, rows, model.zero_state(1, "cpu"))[0]
        first, _, state = losses(model, rows[:3], model.zero_state(1, "cpu"))
        second = losses(model, rows[2:], state)[0]
        torch.testing.assert_close(whole, torch.cat([first, second], 1))

    def test_a_head_does_not_see_what_is_chosen_after_it(self):
        torch.manual_seed(3)
        model = LstmModel(hidden=6, embedding=5, context=4)
        a, b = rows_of([BEGIN, NOTE]), rows_of([BEGIN, NOTE])
        b[1, 0, 1:4] = torch.tensor([70, 5, 9])  # another pitch, duration, velocity
        logits = [
            model(*valid_inputs(r[:-1], r[1:]), model.zero_state(1, "cpu"))[0]
            for r in (a, b)
        ]
        torch.testing.assert_close(logits[0][0], logits[1][0])
        torch.testing.assert_close(logits[0][1], logits[1][1])
        self.assertFalse(torch.equal(logits[0][2], logits[1][2]))


class Training(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        segment = np.full((257, 18), PADDING, np.uint8)
        segment[:41] = [BEGIN] + [NOTE, LOUD] * 20
        self.write("train", np.stack([segment] * 8))
        self.write("valid-a", np.stack([segment] * 2))
        files = [dict(file=f"{s}.melody.u8", set=s, role="melody", segments=n, notes=40 * n) for s, n in (("train", 8), ("valid-a", 2))]
        with open(os.path.join(self.folder.name, "index.json"), "w") as file:
            json.dump(dict(format=1, vocabulary=2, rows=257, columns=18, files=files), file)

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
        self.assertGreater(second["seen"], first["seen"])
        valid = [v["melody"]["note"] for _, v, _ in second["history"]["valid"]]
        self.assertLess(valid[-1], valid[0])

    def test_batches_are_cut_after_the_longest_segment(self):
        shards = Shards(self.folder.name, "train")
        rows = next(padded_batches(shards, dict(melody=1.0, bass=1.0), 160, 16, np.random.default_rng(1)))
        self.assertEqual(tuple(rows.shape), (41, 10, 18))

    def test_shards_of_another_vocabulary_are_refused(self):
        with open(os.path.join(self.folder.name, "index.json"), "w") as file:
            json.dump(dict(format=1, vocabulary=1, rows=257, columns=9, files=[]), file)
        with self.assertRaisesRegex(SystemExit, "vocabulary 1"):
            Shards(self.folder.name, "train")


class Export(unittest.TestCase):
    def test_exported_weights_are_the_network(self):
        torch.manual_seed(4)
        model, other = (LstmModel(hidden=6, embedding=5, context=4) for _ in range(2))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "lstm.safetensors")
            write_tensors(model.folded(), model.config, path)
            other.unfold(read_tensors(path))
        rows = rows_of([BEGIN, NOTE, LOUD])
        torch.testing.assert_close(*(losses(m, rows, m.zero_state(1, "cpu"))[0] for m in (model, other)))

    def test_columns_that_the_weights_do_not_know_change_nothing(self):
        torch.manual_seed(5)
        model = LstmModel(hidden=6, embedding=5, context=4)
        weights = model.folded()
        weights["events.weight"] = weights["events.weight"][: sum(INPUTS[:9])]
        del weights["pitch_of_chord.weight"]
        model.unfold(weights)
        told, untold = rows_of([BEGIN, NOTE, LOUD]), rows_of([BEGIN, NOTE, LOUD])
        untold[..., list(CONDITIONS)] = 0
        torch.testing.assert_close(*(losses(model, r, model.zero_state(1, "cpu"))[0] for r in (told, untold)))


if __name__ == "__main__":
    unittest.main()
