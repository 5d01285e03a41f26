"""Tests of the VAE's and the GAN's training code: python3 -m unittest, in this folder."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import torch

from export_patterns import TUNE, tiny_vae
from gan import BAR_QUARTERS, Critic, gradient_penalty
from patterns import LOWEST_PITCH, PITCHES, QUARTERS, Batch, PatternShards, fold
from train_gan import half, measures
from vae import kl_of, read, reconstruction, step_ends, table

TWO_BARS = [(s, p + 24, d) for s, p, d in TUNE]


def batch_of(notes, steps=64, patterns=1):
    one = lambda value: torch.tensor([value] * patterns)
    columns = torch.tensor(notes).T
    return Batch(one(0), one(1), one(0), one(steps), torch.zeros(len(notes), dtype=torch.int64), *columns)


def write_shards(folder):
    for name in ("train", "valid-a"):
        np.array(TWO_BARS * 8, np.uint8).tofile(os.path.join(folder, f"{name}.melody.notes.u8"))
        np.array([[i * len(TUNE), len(TUNE), 2, 32, 0, 1] for i in range(8)], np.int32).tofile(os.path.join(folder, f"{name}.melody.windows.i32"))
    files = [dict(name=f"{s}.melody", set=s, role="melody", windows=8, notes=8 * len(TUNE)) for s in ("train", "valid-a")]
    with open(os.path.join(folder, "index.json"), "w") as file:
        json.dump(dict(format=1, kind="patterns", vocabulary=1, files=files), file)


class Patterns(unittest.TestCase):
    def test_pitches_outside_of_the_table_come_in_by_octaves(self):
        pitches = np.arange(-20, 140)
        folded = fold(pitches)
        self.assertTrue(((folded - pitches) % 12 == 0).all())
        self.assertTrue((folded >= LOWEST_PITCH).all() and (folded < LOWEST_PITCH + PITCHES).all())
        self.assertTrue((folded[(pitches >= 24) & (pitches <= 96)] == pitches[(pitches >= 24) & (pitches <= 96)]).all())

    def test_a_cut_has_the_notes_of_its_bars_in_the_frame_of_its_mean(self):
        with tempfile.TemporaryDirectory() as folder:
            write_shards(folder)
            batch = PatternShards(folder, "train").cut([("melody", 3)], [1], 1)
        expected = [(s - 32, p, d) for s, p, d in TUNE if s >= 32]
        found = list(zip(batch.step.tolist(), batch.pitch.tolist(), batch.duration.tolist()))
        octave = found[0][1] - expected[0][1]
        self.assertEqual(octave % 12, 0)
        self.assertEqual(found, [(s, p + octave, d) for s, p, d in expected])

    def test_two_bars_are_split_at_the_bar_line(self):
        batch = batch_of(TUNE)
        first, second = (half(batch, batch.steps // 2, s) for s in (False, True))
        self.assertEqual(first.step.tolist() + [s + 32 for s in second.step.tolist()], [s for s, _, _ in TUNE])


class Vae(unittest.TestCase):
    def test_a_short_pattern_is_computed_alike_with_fewer_quarters(self):
        vae, batch = tiny_vae(), batch_of(TUNE)
        answers = []
        for quarters in (8, QUARTERS):
            mean, log_variance = vae.encode(batch.features(quarters), batch.conditions(), batch.coverage(quarters))
            answers.append((mean[:, :8], kl_of(mean, log_variance).sum(), vae(mean, batch.conditions(), batch.coverage(quarters))[1][:, :64]))
        for short, whole in zip(*answers):
            torch.testing.assert_close(short, whole)

    def test_chords_know_their_lowest_and_highest_note(self):
        low, high = step_ends(batch_of(TUNE))
        self.assertEqual([TUNE[i] for i in low if TUNE[i][0] == 24], [(24, 24, 11)])
        self.assertEqual([TUNE[i] for i in high if TUNE[i][0] == 24], [(24, 43, 12)])

    def test_the_likeliest_notes_are_as_many_as_the_count_says(self):
        vae, batch = tiny_vae(), batch_of(TUNE)
        with torch.no_grad():
            count = vae(torch.zeros(1, 8, 3), batch.conditions(), batch.coverage(8))[0].argmax(-1)
        found, _ = read(vae, torch.zeros(1, 8, 3), batch.conditions(), batch.coverage(8), batch.steps)
        self.assertEqual(found.sum(-1).tolist(), count.tolist())

    def test_likelihood_is_of_the_notes_alone(self):
        torch.manual_seed(1)
        vae, batch = tiny_vae(), batch_of(TUNE)
        with torch.no_grad():
            parts = reconstruction(vae, torch.zeros(1, 8, 3), batch, 8)
            logits = vae(torch.zeros(1, 8, 3), batch.conditions(), batch.coverage(8))[1].log_softmax(-1)
        self.assertAlmostEqual(parts[1].item(), -sum(logits[0, s, p].item() for s, p, _ in TUNE), places=3)
        self.assertEqual(int(table(batch, 8).sum()), len(TUNE))


class Gan(unittest.TestCase):
    def test_a_critic_of_slope_one_pays_no_penalty(self):
        critic = Critic(2, width=4)
        direction = torch.zeros(2 * BAR_QUARTERS)
        direction[3] = 1
        critic.forward = lambda previous, bar, conditions, coverage: bar @ direction
        bars = torch.randn(5, 2 * BAR_QUARTERS)
        self.assertAlmostEqual(gradient_penalty(critic, bars, bars, bars + 1, None, None).item(), 0, places=5)
        critic.forward = lambda previous, bar, conditions, coverage: 3 * (bar @ direction)
        self.assertAlmostEqual(gradient_penalty(critic, bars, bars, bars + 1, None, None).item(), 4, places=4)


    def test_measures_of_known_bars(self):
        bars, last = torch.zeros(2, 48, PITCHES, dtype=torch.bool), torch.zeros(2, 48, PITCHES, dtype=torch.bool)
        bars[0, 0, 36], bars[0, 8, 37], last[0, 0, 36] = True, True, True  # C and C#, after a C
        bars[1, 0, 40], last[1, 0, 40] = True, True  # the same E again
        conditions = torch.zeros(2, 25)
        conditions[:, [0, 7]] = 1  # melody, major
        found = measures(bars, last, conditions)
        expected = dict(notes=1.5, empty=0, entropy=0.5, in_key=2 / 3, like_previous=(2 / 3 + 1) / 2, repeated=0.5)
        for name, value in expected.items():
            self.assertAlmostEqual(found[name], value, places=5, msg=name)


class Training(unittest.TestCase):
    def run_script(self, name, *arguments):
        here = os.path.dirname(os.path.abspath(__file__))
        subprocess.run([sys.executable, os.path.join(here, name), "--device", "cpu", *arguments], check=True, capture_output=True)

    def test_runs_learn_and_go_on_where_they_stopped(self):
        with tempfile.TemporaryDirectory() as folder:
            write_shards(folder)
            vae, gan = os.path.join(folder, "vae"), os.path.join(folder, "gan")
            sizes = ["--width", "16", "--latent", "4", "--step-width", "8", "--note-width", "8", "--quarters", "64", "--warmup", "1"]
            for steps in ("50", "100"):
                self.run_script("train_vae.py", "--shards", folder, "--out", vae, "--steps", steps, *sizes)
            checkpoint = torch.load(os.path.join(vae, "checkpoint.pt"))
            self.assertEqual(checkpoint["step"], 100)
            train = [sum(parts[:3]) for _, parts in checkpoint["history"]["train"]]
            self.assertLess(train[-1], train[0])
            for steps in ("4", "8"):
                self.run_script("train_gan.py", "--shards", folder, "--vae", os.path.join(vae, "checkpoint.pt"), "--out", gan, "--steps", steps,
                                "--pairs", "64", "--batch", "8", "--width", "8", "--noise", "4")
            checkpoint = torch.load(os.path.join(gan, "checkpoint.pt"))
            self.assertEqual(checkpoint["step"], 8)
            self.assertEqual(set(checkpoint["history"]["valid"][-1][1]), {"real", "proposed"})


if __name__ == "__main__":
    unittest.main()
