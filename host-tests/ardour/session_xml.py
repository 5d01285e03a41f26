"""Edits a saved Ardour 7 session file: a MIDI region on a track, tempo and meter.

Luasession cannot import MIDI, so a type-0 file goes into the session's interchange folder, and a Source, a whole-file
Region and the playlist's own Region into the XML. Positions are "b" + ticks, 1920 a quarter note.
"""

import os
import xml.etree.ElementTree as ET

import mido

TICKS_PER_QUARTER = 1920


def add_motif(session_file, track_name, midi_path, start_quarters=0.0):
    tree = ET.parse(session_file)
    session = tree.getroot()
    name = os.path.splitext(os.path.basename(midi_path))[0]
    length_ticks = _store_as_type_0(os.path.dirname(session_file), name, midi_path)
    position_ticks = round(start_quarters * TICKS_PER_QUARTER)
    source_id, region_id, playlist_region_id = _new_ids(session, 3)

    ET.SubElement(session.find("Sources"), "Source", {
        "name": name + ".mid", "take-id": "", "type": "midi", "flags": "", "id": source_id,
        "natural-position": f"b{position_ticks}", "captured-for": "", "origin": ""})
    region = _region(name, region_id, source_id, position_ticks, length_ticks, whole_file=True)
    session.find("Regions").append(region)
    on_track = _region(name + ".1", playlist_region_id, source_id, position_ticks, length_ticks, whole_file=False)
    _playlist(session, track_name).append(on_track)
    tree.write(session_file, encoding="UTF-8", xml_declaration=True)


def set_tempo_and_meter(session_file, bpm, numerator, denominator):
    tree = ET.parse(session_file)
    tempo = tree.getroot().find(".//TempoMap/Tempos/Tempo")
    meter = tree.getroot().find(".//TempoMap/Meters/Meter")
    tempo.set("npm", str(bpm))
    tempo.set("enpm", str(bpm))
    tempo.set("note-type", "4")
    meter.set("divisions-per-bar", str(numerator))
    meter.set("note-value", str(denominator))
    tree.write(session_file, encoding="UTF-8", xml_declaration=True)


def _store_as_type_0(session_directory, name, midi_path):
    """Returns the length in Ardour's ticks."""
    motif = mido.MidiFile(midi_path)
    merged = mido.MidiFile(type=0, ticks_per_beat=motif.ticks_per_beat)
    merged.tracks.append(mido.merge_tracks(motif.tracks))
    interchange = os.path.join(session_directory, "interchange")
    (only_folder,) = os.listdir(interchange)
    midi_files = os.path.join(interchange, only_folder, "midifiles")
    os.makedirs(midi_files, exist_ok=True)
    merged.save(os.path.join(midi_files, name + ".mid"))
    ticks = sum(message.time for message in merged.tracks[0])
    return round(ticks / motif.ticks_per_beat * TICKS_PER_QUARTER)


def _new_ids(session, count):
    first = int(session.get("id-counter")) + 1
    session.set("id-counter", str(first + count))
    return [str(first + i) for i in range(count)]


def _playlist(session, track_name):
    for playlist in session.iter("Playlist"):
        if playlist.get("type") == "midi" and playlist.get("name").startswith(track_name):
            return playlist
    raise LookupError("no MIDI playlist of track " + track_name)


def _region(name, region_id, source_id, position_ticks, length_ticks, whole_file):
    flag = "1" if whole_file else "0"
    return ET.Element("Region", {
        "name": name, "id": region_id, "type": "midi", "whole-file": flag, "automatic": flag,
        "start": "b0", "length": f"b{length_ticks}@b{position_ticks}", "sync-position": "b0",
        "ancestral-start": "b0", "ancestral-length": "b0@b0", "stretch": "1", "shift": "1",
        "muted": "0", "opaque": "1", "locked": "0", "video-locked": "0", "position-locked": "0",
        "import": "0", "external": "0", "sync-marked": "0", "left-of-split": "0", "right-of-split": "0",
        "hidden": "0", "valid-transients": "0", "layering-index": "0", "tags": "", "contents": "0",
        "first-edit": "nothing", "source-0": source_id, "master-source-0": source_id})
