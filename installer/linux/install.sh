#!/bin/sh
# install.sh              for this user: ~/.vst3
# install.sh --system     for all users: /usr/local/lib/vst3 (as root)
# install.sh --to FOLDER  into another folder that your DAW scans
# install.sh --uninstall  takes it away again, from the same place (with --system or --to as at the installation)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${HOME:-}/.vst3
action=install

while [ $# -gt 0 ]; do
    case $1 in
        --system) folder=/usr/local/lib/vst3 ;;
        --to) [ $# -gt 1 ] || { echo "--to needs a folder" >&2; exit 2; }; folder=$2; shift ;;
        --uninstall) action=uninstall ;;
        --help|-h) sed -n '2,5s/^# //p' "$0"; exit 0 ;;
        *) echo "unknown option: $1 (--help lists them)" >&2; exit 2 ;;
    esac
    shift
done
target=$folder/MidiMuse.vst3

# A bundle that is not ours is not touched.
if [ -e "$target" ] && [ ! -e "$target/Contents/Resources/moduleinfo.json" ]; then
    echo "$target is there but does not look like MidiMuse; nothing was changed" >&2
    exit 1
fi

if [ "$action" = uninstall ]; then
    [ -e "$target" ] || { echo "MidiMuse is not in $folder" >&2; exit 1; }
    rm -rf "$target"
    # What the plugin itself may have left: measurements of graphics devices.
    cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}/MidiMuse
    rm -f "$cache/devices.json"
    rmdir "$cache" 2>/dev/null || true
    rmdir "$folder" 2>/dev/null || true # only where it is empty
    echo "MidiMuse was removed from $folder"
    exit 0
fi

mkdir -p "$folder"
# Beside the old one first: a DAW that scans meanwhile finds either the old or the new one, never a half.
rm -rf "$folder/.MidiMuse.new"
cp -R "$here/MidiMuse.vst3" "$folder/.MidiMuse.new"
rm -rf "$target"
mv "$folder/.MidiMuse.new" "$target"
echo "MidiMuse was installed in $folder; let your DAW scan its plugins again"
