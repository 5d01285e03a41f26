#!/usr/bin/python3
"""Plays a motif into a VST3 bundle in a headless Ardour 7 and records what the plugin sends.

The bundle is loaded on track Gen, which carries the motif; Gen's MIDI output is recorded on track Rec. With --reload
the saved session is opened again and rolled once more, with the parameters that came back with it. Everything happens
in --work, a private home directory included. Prints nothing but errors; the results are JSON:

    {"outputs": {"audio": 2, "midi": 1},
     "takes": [{"notes": [{"onsetPpq", "lengthPpq", "pitch", "velocity", "channel"}],
                "parameters": {"Arm": 1.0, ...},   normalised; read-only ones too
                "xruns": 0, "rolledSamples": 480000, "arrived": true}]}
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time

import session_xml

HERE = os.path.dirname(os.path.abspath(__file__))
ARDOUR = "/usr/lib/ardour7"
SESSION = "answer"


def main():
    options = parse_arguments()
    shutil.rmtree(options.work, ignore_errors=True)
    environment = private_environment(os.path.join(options.work, "home"))
    install(options.plugin, environment)

    directory = os.path.join(options.work, "session")
    created = lua(environment, "create-session.lua", directory, SESSION, options.name, options.sample_rate)
    _, audio, midi = next(line for line in created if line[0] == "outputs")

    session_file = os.path.join(directory, SESSION + ".ardour")
    session_xml.add_motif(session_file, "Gen", options.motif)
    session_xml.set_tempo_and_meter(session_file, options.bpm, *map(int, options.sig.split("/")))

    afterwards = ["after", *options.set_after] if options.set_after else []
    takes = [play(environment, directory, options, 1, [*options.set, *afterwards])]
    for take in range(2, 2 + options.reload):
        takes.append(play(environment, directory, options, take, []))

    with open(options.json, "w", encoding="utf-8") as file:
        json.dump({"outputs": {"audio": int(audio), "midi": int(midi)}, "takes": takes}, file, indent=1)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plugin", required=True, help="the .vst3 bundle")
    parser.add_argument("--name", default="MidiMuse", help="the plugin's name in it")
    parser.add_argument("--motif", required=True, help="MIDI file, from the session's start")
    parser.add_argument("--json", required=True, help="where the results go")
    parser.add_argument("--work", required=True, help="folder for the home, session and clips; emptied first")
    parser.add_argument("--bpm", type=float, default=120.0)
    parser.add_argument("--sig", default="4/4")
    parser.add_argument("--sample-rate", type=int, default=48000)
    parser.add_argument("--seconds", type=float, required=True, help="how long to roll, in session time")
    parser.add_argument("--ready", type=float, default=0.5, help="seconds for the plugin to get ready after loading")
    parser.add_argument("--speed", default="Normal Speed", help="driver of the dummy backend: '10x Speed', ...")
    parser.add_argument("--buffer", type=int, default=256)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=NORMALISED")
    parser.add_argument("--set-after", action="append", default=[], metavar="NAME=NORMALISED",
                        help="when the first take is over, before the session is saved")
    parser.add_argument("--reload", nargs="?", type=int, const=1, default=0, metavar="TIMES",
                        help="open the saved session again and record another take, as often as said")
    return parser.parse_args()


def private_environment(home):
    os.makedirs(os.path.join(home, ".vst3"))
    environment = {key: value for key, value in os.environ.items()
                   if key not in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "DISPLAY", "WAYLAND_DISPLAY")}
    environment.update({
        "HOME": home,
        "LD_LIBRARY_PATH": ARDOUR,
        "ARDOUR_DATA_PATH": "/usr/share/ardour7",
        "ARDOUR_CONFIG_PATH": "/etc/ardour7",
        "ARDOUR_DLL_PATH": ARDOUR,
        "VAMP_PATH": ARDOUR + "/vamp"})
    return environment


def install(bundle, environment):
    copy = os.path.join(environment["HOME"], ".vst3", os.path.basename(os.path.normpath(bundle)))
    shutil.copytree(bundle, copy)

    # Ardour takes a cache entry only if it is newer, in whole seconds, than the binary.
    an_hour_ago = time.time() - 3600
    for folder, _, files in os.walk(copy):
        for file in files:
            os.utime(os.path.join(folder, file), (an_hour_ago, an_hour_ago))

    run([ARDOUR + "/ardour-vst3-scanner", "-q", "-f", copy], environment, 60)


def play(environment, directory, options, take, settings):
    clip = os.path.join(options.work, f"take-{take}.mid")
    lines = lua(environment, "play.lua", directory, SESSION, options.speed, options.buffer, options.ready,
                options.seconds, clip, *settings)
    result = {"notes": [], "parameters": {}}
    region_ticks = 0
    for kind, *values in lines:
        if kind == "region":
            region_ticks = int(values[1])
        elif kind == "note":
            onset, length, pitch, velocity, channel = map(int, values)
            result["notes"].append({
                "onsetPpq": (region_ticks + onset) / session_xml.TICKS_PER_QUARTER,
                "lengthPpq": length / session_xml.TICKS_PER_QUARTER,
                "pitch": pitch, "velocity": velocity, "channel": channel})
        elif kind == "parameter":
            result["parameters"][values[0]] = float(values[1])
        elif kind == "rolled":
            result.update(rolledSamples=int(values[0]), arrived=values[1] == "yes", xruns=int(values[2]))
    return result


def lua(environment, script, *arguments):
    command = [ARDOUR + "/luasession", os.path.join(HERE, script), *map(str, arguments)]
    return [line.split("\t") for line in run(command, environment, 180).splitlines() if line.strip()]


def run(command, environment, timeout_seconds):
    done = subprocess.run(command, env=environment, timeout=timeout_seconds, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    main()
