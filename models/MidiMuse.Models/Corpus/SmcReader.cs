using System.Globalization;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Models.Corpus;

/// <summary>
/// Reads the text of an SMC 1 file piece by piece. The format stands in models/README.md; tempo and
/// quality lines (T, M) are checked for their place only, note events have no use for them.
/// </summary>
public sealed class SmcReader
{
    private readonly TextReader _text;
    private readonly string _file;
    private int _line;
    private string _dataset = "";

    /// <param name="text">Uncompressed text; the caller disposes it.</param>
    /// <param name="file">Name for error messages.</param>
    public SmcReader(TextReader text, string file)
    {
        _text = text;
        _file = file;
    }

    /// <exception cref="CorpusFormatException">With file, line and what is wrong there.</exception>
    public IEnumerable<Piece> ReadPieces()
    {
        ReadHeader();
        PieceLines? current = null;
        while (_text.ReadLine() is { } line)
        {
            _line++;
            var fields = line.Split('\t');
            if (fields[0] == "P")
            {
                if (current is not null)
                    yield return Finish(current);
                current = BeginPiece(fields);
                continue;
            }
            if (current is null)
                throw Problem("a piece must begin with a P line.");
            Add(current, fields);
        }
        if (current is not null)
            yield return Finish(current);
    }

    private void ReadHeader()
    {
        _line = 1;
        var fields = (_text.ReadLine() ?? "").Split('\t');
        if (fields.Length < 2 || fields[0] != "#SMC" || fields[1] != "1")
            throw Problem("expected the header '#SMC 1'.");
        var values = fields.Skip(2).Select(f => f.Split('=', 2)).Where(f => f.Length == 2).ToDictionary(f => f[0], f => f[1]);
        if (values.GetValueOrDefault("ppq") != Piece.TicksPerQuarter.ToString(CultureInfo.InvariantCulture))
            throw Problem($"expected ppq={Piece.TicksPerQuarter}.");
        _dataset = values.GetValueOrDefault("dataset") ?? throw Problem("the header names no dataset.");
    }

    private PieceLines BeginPiece(string[] fields)
    {
        Require(fields, 8);
        return new PieceLines(new Piece(_dataset, fields[1], fields[2], fields[3], fields[4], fields[5], fields[7]) { Style = fields.Length > 9 ? fields[9] : "" });
    }

    private void Add(PieceLines piece, string[] fields)
    {
        switch (fields[0])
        {
            case "S":
                piece.Meters.Add(ReadMeter(fields));
                return;
            case "K":
                piece.Keys.Add(ReadKey(fields));
                return;
            case "R":
                FinishTrack(piece);
                piece.Track = ReadTrack(fields);
                return;
            case "O" or "D" or "N" or "V":
                ReadNumbers(piece.Track ?? throw Problem($"{fields[0]} before the first R line."), fields);
                return;
            case "H":
                Require(fields, 3);
                AddChord(piece, Integer(fields[1]), fields[2]);
                return;
            case "X":
                Require(fields, 2);
                piece.Sections.Add(Integer(fields[1]));
                return;
            case "M" or "T":
                return;
            default:
                throw Problem($"unknown line type '{fields[0]}'.");
        }
    }

    /// <summary>Labels that are no chords (Fine, D.C.) are left out; an unreadable chord is an unknown one.</summary>
    private static void AddChord(PieceLines piece, long tick, string label)
    {
        if (ChordSymbol.TryParse(label, out var chord))
            piece.Chords.Add(new ChordChange(tick, chord));
        else if (label.Length > 0 && label[0] is >= 'A' and <= 'G' && label is not ("Fine" or "End" or "DC" or "DS"))
            piece.Chords.Add(new ChordChange(tick, null));
    }

    private MeterChange ReadMeter(string[] fields)
    {
        Require(fields, 4);
        var (numerator, denominator) = (Integer(fields[2]), Integer(fields[3]));
        if (!Meter.IsValid(numerator, denominator))
            throw Problem($"{numerator}/{denominator} is not a time signature.");
        return new MeterChange(Integer(fields[1]), new Meter(numerator, denominator));
    }

    private KeyChange ReadKey(string[] fields)
    {
        Require(fields, 4);
        Mode? mode = fields[3] switch
        {
            "major" => Mode.Major,
            "minor" => Mode.Minor,
            "?" => null,
            _ => throw Problem($"unknown mode '{fields[3]}'."),
        };
        return new KeyChange(Integer(fields[1]), Integer(fields[2]), mode);
    }

    private TrackLines ReadTrack(string[] fields)
    {
        Require(fields, 4);
        Role role = fields[1] switch
        {
            "melody" => Role.Melody,
            "chords" => Role.Chords,
            "bass" => Role.Bass,
            "drums" => Role.Drums,
            "piano" => Role.Piano,
            "other" => Role.Other,
            _ => throw Problem($"unknown role '{fields[1]}'."),
        };
        var hand = fields[2] switch
        {
            "L" => Hand.Left,
            "R" => Hand.Right,
            _ => Hand.Unspecified,
        };
        return new TrackLines(role, hand, Integer(fields[3]), fields.Length > 4 ? fields[4] : "", _line);
    }

    private void ReadNumbers(TrackLines track, string[] fields)
    {
        Require(fields, 2);
        var texts = fields[1].Split(' ');
        var numbers = new int[texts.Length];
        for (var i = 0; i < texts.Length; i++)
            numbers[i] = Integer(texts[i]);
        track.Numbers[fields[0][0]] = numbers;
    }

    private Piece Finish(PieceLines piece)
    {
        FinishTrack(piece);
        if (piece.Meters.Count == 0 || piece.Meters[0].Tick != 0)
            throw Problem($"piece '{piece.Header.Id}' has no time signature at tick 0.");
        return piece.Header with { Meters = piece.Meters, Keys = piece.Keys, Chords = piece.Chords, Sections = piece.Sections, Tracks = piece.Tracks };
    }

    private void FinishTrack(PieceLines piece)
    {
        if (piece.Track is not { } track)
            return;
        piece.Track = null;
        var onsets = Numbers(track, 'O');
        var durations = Numbers(track, 'D');
        var pitches = Numbers(track, 'N');
        var velocities = Numbers(track, 'V');
        if (durations.Length != onsets.Length || pitches.Length != onsets.Length || (velocities.Length != 1 && velocities.Length != onsets.Length))
            throw new CorpusFormatException(_file, track.Line, $"{onsets.Length} onsets, {durations.Length} durations, {pitches.Length} pitches, {velocities.Length} velocities.");
        var notes = new SourceNote[onsets.Length];
        long onset = 0;
        for (var i = 0; i < notes.Length; i++)
        {
            onset += onsets[i];
            if (onsets[i] < 0 || durations[i] < 0 || pitches[i] is < 0 or > 127)
                throw new CorpusFormatException(_file, track.Line, $"note {i} of the track is out of range.");
            notes[i] = new SourceNote(onset, durations[i], pitches[i], Math.Clamp(velocities.Length == 1 ? velocities[0] : velocities[i], 1, 127));
        }
        piece.Tracks.Add(new Track(track.Role, track.Hand, track.Program, track.Name, notes));
    }

    private int[] Numbers(TrackLines track, char type) =>
        track.Numbers.TryGetValue(type, out var numbers)
            ? numbers
            : throw new CorpusFormatException(_file, track.Line, $"the track has no {type} line.");

    private void Require(string[] fields, int count)
    {
        if (fields.Length < count)
            throw Problem($"a {fields[0]} line has {fields.Length} fields instead of {count}.");
    }

    private int Integer(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Problem($"'{text}' is not an integer.");

    private CorpusFormatException Problem(string problem) => new(_file, _line, problem);

    private sealed class PieceLines(Piece header)
    {
        public Piece Header { get; } = header;

        public List<MeterChange> Meters { get; } = [];

        public List<KeyChange> Keys { get; } = [];

        public List<ChordChange> Chords { get; } = [];

        public List<long> Sections { get; } = [];

        public List<Track> Tracks { get; } = [];

        public TrackLines? Track { get; set; }
    }

    private sealed record TrackLines(Role Role, Hand Hand, int Program, string Name, int Line)
    {
        public Dictionary<char, int[]> Numbers { get; } = [];
    }
}
