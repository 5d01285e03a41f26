"""Tests of the Transformer's training code: python3 -m unittest, in this folder."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import torch

from event_network import valid_inputs
from muon import Muon, orthogonalise
from note_events import BAR_TICKS, CHORD, CONDITIONS, IGNORE, INPUTS, PADDING, PHASE, POSITION, SEGMENT, START, TIME_END, TIME_TICKS
from sequences import fill, infill, packed, with_some_conditions
from tensors import read_tensors, rounded, write_tensors
from transformer import TransformerModel, losses

GIVEN = [14, 2, 4, 6, 1, 4, 3, 0, 9]


def segment(notes, ends=False, shift=24):
    """A Start row and notes in 4/4, one every `shift` ticks, pitches from 60 on."""
    rows = [list(START) + [0, 0, 0, 0, 1] + GIVEN]
    for i in range(notes):
        tick = i * shift
        rows.append([0 if i == 0 else TIME_TICKS.index(shift), 60 + i % 12, 23, 20, tick % 96, tick // 96 % 8, 0, 0, 1] + GIVEN)
    if ends:
        rows.append([TIME_END] + [PADDING] * 17)
    return np.array(rows, np.uint8)


def learnt(rows):
    return rows, np.ones(len(rows), bool)


def small():
    torch.manual_seed(1)
    model = TransformerModel(width=16, layers=2, heads=2, feed=24)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith(("o.weight", "down.weight")):
                parameter.normal_(std=0.3)
    return model


class Losses(unittest.TestCase):
    def test_packed_segments_do_not_see_each_other(self):
        model, a, b = small(), segment(9, ends=True), segment(5)
        alone = losses(model, *packed([[learnt(a)]], len(a) - 1))[0]
        together = losses(model, *packed([[learnt(b), learnt(a)]], 32))[0]
        begin = len(b) - 1
        torch.testing.assert_close(alone[:, 0], together[:, 0, begin : begin + len(a) - 1], rtol=1e-4, atol=1e-5)
        self.assertEqual(together[:, 0, begin + len(a) - 1 :].abs().sum().item(), 0)

    def test_the_future_does_not_change_the_past(self):
        model, a = small(), segment(9)
        b = a.copy()
        b[6:, 1] = 99
        first, second = (losses(model, *packed([[learnt(rows)]], 9))[0] for rows in (a, b))
        torch.testing.assert_close(first[:, 0, :5], second[:, 0, :5])
        self.assertFalse(torch.allclose(first[:, 0, 5:], second[:, 0, 5:]))

    def test_the_end_has_a_time_only_and_what_is_not_learnt_has_nothing(self):
        rows = segment(3, ends=True)
        labels = losses(small(), *packed([[(rows, np.array([True, True, False, True, True]))]], 4))[1][:, 0]
        self.assertEqual(labels[0].tolist(), [0, IGNORE, TIME_TICKS.index(24), TIME_END])
        self.assertEqual(labels[1].tolist(), [60, IGNORE, 62, IGNORE])

    def test_the_pitch_head_sees_the_chord_at_the_new_onset_and_no_later_choice(self):
        model, a = small(), segment(2)
        other_chord, other_choice = a.copy(), a.copy()
        other_chord[2, CHORD] = 50
        other_choice[2, 1:4] = [99, 5, 9]
        logits = []
        for rows in (a, other_chord, other_choice):
            events, following, _, _ = packed([[learnt(rows)]], 2)
            logits.append([l[0, 1] for l in model(*valid_inputs(events, following))])
        torch.testing.assert_close(logits[0][0], logits[1][0])
        self.assertFalse(torch.allclose(logits[0][1], logits[1][1]))
        torch.testing.assert_close(logits[0][1], logits[2][1])


class Sequences(unittest.TestCase):
    def test_conditions_are_left_out_but_never_the_music(self):
        rng, whole = np.random.default_rng(1), segment(20)
        shares = []
        for _ in range(400):
            rows = with_some_conditions(whole.copy(), rng)
            np.testing.assert_array_equal(rows[:, :9], whole[:, :9])
            shares.append((rows[-1, list(CONDITIONS)] != 0).mean())
        self.assertAlmostEqual(np.mean(np.array(shares) == 0), 0.2, delta=0.08)
        self.assertAlmostEqual(np.mean(shares), 0.8 * 0.6 * 0.99, delta=0.06)

    def test_an_infill_tells_the_same_notes_in_another_order(self):
        whole = segment(64)
        notes = {tuple(r) for r in whole[1:, [1, POSITION, PHASE]].tolist()}
        for seed in range(50):
            rows, is_learnt = infill(whole.copy(), 256, np.random.default_rng(seed))
            starts = [i for i, r in enumerate(rows) if tuple(r[:4]) == START]
            self.assertEqual(len(starts), 3)
            _, future, middle = starts
            self.assertEqual([rows[future, SEGMENT], rows[middle, SEGMENT], rows[1, SEGMENT]], [1, 2, 0])
            self.assertEqual(rows[-1, 0], TIME_END)
            self.assertEqual({tuple(r) for r in rows[[i for i in range(1, len(rows) - 1) if i not in starts]][:, [1, POSITION, PHASE]].tolist()}, notes)
            self.assertEqual(is_learnt.tolist(), [True] * future + [False] * (middle - future) + [True] * (len(rows) - middle))
            for start in (future, middle):  # the first note's time counts from the bar line
                self.assertEqual(TIME_TICKS[rows[start + 1, 0]], rows[start + 1, POSITION])
                self.assertEqual(rows[start, PHASE], rows[start + 1, PHASE])

    def test_short_segments_are_not_rearranged(self):
        self.assertIsNone(infill(segment(10), 256, np.random.default_rng(1)))

    def test_bins_hold_every_segment_and_no_more_than_fits(self):
        pool = [learnt(segment(n)) for n in (30, 5, 12, 63, 40, 1, 22)]
        bins = fill(pool, 64)
        self.assertEqual(sorted(len(r) for b in bins for r, _ in b), sorted(len(r) for r, _ in pool))
        self.assertTrue(all(sum(len(r) - 1 for r, _ in b) <= 64 for b in bins))

    def test_bar_ticks_are_those_of_the_meters(self):
        meters = [(4, 4), (3, 4), (2, 4), (6, 8), (2, 2), (3, 8), (9, 8), (12, 8), (3, 2), (5, 4), (6, 4), (7, 8), (5, 8), (7, 4), (4, 8)]
        self.assertEqual(list(BAR_TICKS), [n * 96 // d for n, d in meters])


class Optimiser(unittest.TestCase):
    def test_orthogonalised_matrices_have_singular_values_near_one(self):
        torch.manual_seed(1)
        values = torch.linalg.svdvals(orthogonalise(torch.randn(3, 16, 48), 5))
        self.assertTrue(((values > 0.6) & (values < 1.3)).all(), values)

    def test_a_step_goes_down(self):
        torch.manual_seed(1)
        weight, target = torch.nn.Parameter(torch.randn(8, 4)), torch.randn(8, 4)
        optimiser = Muon([weight], lr=0.05)
        before = (weight - target).square().sum().item()
        for _ in range(60):
            optimiser.zero_grad()
            (weight - target).square().sum().backward()
            optimiser.step()
        self.assertLess((weight - target).square().sum().item(), before / 10)


class Training(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        rows = np.full((257, 18), PADDING, np.uint8)
        rows[:41] = segment(40)
        files = []
        for name, count in (("train", 8), ("valid-a", 2)):
            np.stack([rows] * count).tofile(os.path.join(self.folder.name, f"{name}.melody.u8"))
            files.append(dict(file=f"{name}.melody.u8", set=name, role="melody", segments=count, notes=40 * count))
        with open(os.path.join(self.folder.name, "index.json"), "w") as file:
            json.dump(dict(format=1, vocabulary=2, rows=257, columns=18, files=files), file)

    def tearDown(self):
        self.folder.cleanup()

    def train(self, steps, out="run", workers=1, options=()):
        here = os.path.dirname(os.path.abspath(__file__))
        out = os.path.join(self.folder.name, out)
        subprocess.run(
            [sys.executable, os.path.join(here, "train_transformer.py"), "--shards", self.folder.name, "--out", out, "--steps", str(steps),
             "--minutes", "1000", "--width", "16", "--layers", "1", "--heads", "2", "--feed", "16", "--length", "64", "--sequences", "4",
             "--part", "2", "--warmup", "1", "--device", "cpu", "--workers", str(workers), *options],
            check=True, capture_output=True)
        return torch.load(os.path.join(out, "checkpoint.pt"))

    def test_a_run_learns_and_goes_on_where_it_stopped(self):
        first = self.train(5)
        second = self.train(30)
        self.assertEqual((first["step"], second["step"]), (5, 30))
        notes = [v["melody"]["note"] for _, v, _ in second["history"]["valid"]]
        self.assertLess(notes[-1], notes[0] - 0.5)

    def test_workers_do_not_change_the_result(self):
        alone, together = self.train(3, "alone"), self.train(3, "together", workers=2)
        for name, weight in alone["model"].items():
            torch.testing.assert_close(weight, together["model"][name], rtol=0, atol=0)

    def test_a_run_in_bf16_learns_what_one_in_32_bits_learns(self):
        exact, short = self.train(10, "exact"), self.train(10, "short", options=["--bf16"])
        nats = [r["history"]["valid"][-1][1]["melody"]["note"] for r in (exact, short)]
        self.assertLess(abs(nats[1] / nats[0] - 1), 0.02)
        self.assertTrue(all(w.dtype == torch.float32 for w in short["model"].values()))
        self.assertTrue(any((w != short["model"][n]).any() for n, w in exact["model"].items()), "--bf16 changed nothing")


class Export(unittest.TestCase):
    def test_folding_and_rounding_change_no_answer_but_by_rounding(self):
        model = small()
        events, following, _, _ = packed([[learnt(segment(12))]], 12)
        arguments = valid_inputs(events, following)
        before = model(*arguments)
        after = rounded(model.fold())(*arguments)
        for a, b in zip(before, after):
            torch.testing.assert_close(a, b, rtol=0.02, atol=0.02)

    def test_exported_weights_are_the_network(self):
        model = small()
        events, following, _, _ = packed([[learnt(segment(12))]], 12)
        arguments = valid_inputs(events, following)
        expected = model(*arguments)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "t.safetensors")
            write_tensors(model.folded(), dict(model.config), path)
            tensors = read_tensors(path)
        self.assertEqual(tuple(tensors["events.weight"].shape), (sum(INPUTS), 16))
        self.assertEqual(tuple(tensors["blocks.1.down.weight"].shape), (16, 24))
        for width, layers, heads, feed in ((16, 2, 2, 24), (16, 3, 2, 40), (24, 3, 3, 40)):  # the same, and with room to grow
            torch.manual_seed(2)
            other = TransformerModel(width, layers, heads, feed)
            other.unfold(tensors)
            for a, b in zip(expected, other(*arguments)):
                torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)

    def test_weights_of_another_network_are_refused(self):
        model = small()
        with self.assertRaisesRegex(ValueError, "blocks.1"):
            TransformerModel(16, 1, 2, 24).unfold(model.folded())


if __name__ == "__main__":
    unittest.main()
