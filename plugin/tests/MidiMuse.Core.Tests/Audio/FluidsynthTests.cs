using System.Diagnostics;
using System.Globalization;
using MidiMuse.Core.Audio;
using MidiMuse.Core.Tests.Smf;
using Xunit.Abstractions;

namespace MidiMuse.Core.Tests.Audio;

/// <summary>Oracle: the notes of MIDI files that fluidsynth played with sampled instruments.</summary>
public sealed class FluidsynthTests
{
    private const int TicksPerSecond = 960; // 480 a quarter at 120 bpm

    private readonly ITestOutputHelper _output;

    public FluidsynthTests(ITestOutputHelper output) => _output = output;

    [FluidsynthFact]
    public void Sampled_instruments_are_heard()
    {
        var all = new NoteScore();
        foreach (var (name, program, transpose) in new[] { ("flute", 73, 12), ("violin", 40, 12), ("choir aahs", 52, 0), ("trumpet", 56, 0), ("clarinet", 71, 0), ("nylon guitar", 24, 0), ("finger bass", 33, -24) })
        {
            var score = new NoteScore();
            for (var seed = 1; seed <= 3; seed++)
            {
                SungNote[] notes = [.. RandomMelody.Draw(new Random(seed), bars: 2).Sung.Select(note => note with { Pitch = note.Pitch + transpose })];
                var audio = Play(notes, program);
                var heard = Transcriber.Transcribe(audio.ToMono(), audio.SampleRateHz);
                score.Add(notes, heard);
                all.Add(notes, heard);
            }
            _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {score.Sung} | {score.Precision:P1} | {score.Recall:P1} | {score.F1:P1} | {score.MedianOnsetErrorMs:F0} | {score.OctaveErrors} |"));
        }
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| all | {all.Sung} | {all.Precision:P1} | {all.Recall:P1} | {all.F1:P1} | {all.MedianOnsetErrorMs:F0} | {all.OctaveErrors} |"));
        Assert.InRange(all.F1, 0.6, 1); // below what the smallest sound font gives: they differ
        Assert.InRange(all.OctaveErrors / (double)all.Sung, 0, 0.05);
    }

    private static WavAudio Play(IReadOnlyList<SungNote> notes, int program)
    {
        var folder = Directory.CreateTempSubdirectory("midimuse-fluidsynth");
        try
        {
            var midi = Path.Combine(folder.FullName, "line.mid");
            var wav = Path.Combine(folder.FullName, "line.wav");
            File.WriteAllBytes(midi, SmfBytes.File(0, 480, Track(notes, program)));
            var start = new ProcessStartInfo("fluidsynth") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { "-ni", "-q", "-g", "0.6", "-R", "0", "-C", "0", "-r", "44100", "-F", wav, FluidsynthFactAttribute.SoundFont!, midi })
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            using var stream = File.OpenRead(wav);
            return WavReader.Read(stream);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Track(IReadOnlyList<SungNote> notes, int program)
    {
        var events = notes
            .SelectMany(note => new[] { (Tick: Tick(note.OnsetSeconds), IsOn: true, Note: note), (Tick: Tick(note.EndSeconds), IsOn: false, Note: note) })
            .OrderBy(e => e.Tick).ThenBy(e => e.IsOn);
        var body = new List<byte> { 0, 0xC0, (byte)program };
        var last = 0;
        foreach (var (tick, isOn, note) in events)
        {
            body.AddRange(Quantity(tick - last));
            body.AddRange([(byte)(isOn ? 0x90 : 0x80), (byte)note.Pitch, (byte)note.Velocity]);
            last = tick;
        }
        body.AddRange([0, 0xFF, 0x2F, 0]);
        return SmfBytes.Track([.. body]);
    }

    /// <summary>Seven bits a byte, the highest first, all but the last marked.</summary>
    private static byte[] Quantity(int value) => [(byte)(0x80 | (value >> 14)), (byte)(0x80 | ((value >> 7) & 0x7F)), (byte)(value & 0x7F)];

    private static int Tick(double seconds) => (int)Math.Round(seconds * TicksPerSecond);
}

/// <summary>Runs where Debian's packages fluidsynth and a General MIDI sound font are installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FluidsynthFactAttribute : FactAttribute
{
    private static readonly string[] SoundFonts = ["/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf2/TimGM6mb.sf2", "/usr/share/sounds/sf2/default-GM.sf2"];

    public FluidsynthFactAttribute()
    {
        if (!File.Exists("/usr/bin/fluidsynth"))
            Skip = "fluidsynth is not installed";
        else if (SoundFont is null)
            Skip = "no General MIDI sound font in /usr/share/sounds/sf2 (package timgm6mb-soundfont)";
    }

    public static string? SoundFont => Array.Find(SoundFonts, File.Exists);
}
