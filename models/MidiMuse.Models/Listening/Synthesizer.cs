using System.Diagnostics;
using System.Globalization;
using MidiMuse.Core.Audio;
using MidiMuse.Core.Clips;

namespace MidiMuse.Models.Listening;

/// <summary>Renders clips with fluidsynth, all equally loud.</summary>
public sealed class Synthesizer
{
    public const int SampleRate = 48000;

    /// <summary>EBU R 128: a level with room for peaks.</summary>
    public const double TargetLufs = -23;

    private const double FirstGain = 0.5;

    private static readonly string[] UsualSoundFonts =
    [
        "/usr/share/sounds/sf2/FluidR3_GM.sf2",
        "/usr/share/sounds/sf2/default-GM.sf2",
        "/usr/share/sounds/sf2/TimGM6mb.sf2",
        "/usr/share/soundfonts/default.sf2",
    ];

    private readonly string _soundFont;
    private readonly int _oggRateHz;

    /// <param name="oggRateHz">Sample rate of what is written; lower ones make smaller files.</param>
    /// <param name="soundFont">Null: the first of the usual General MIDI sound fonts of Linux distributions.</param>
    /// <exception cref="FileNotFoundException">There is none, or no fluidsynth.</exception>
    public Synthesizer(string? soundFont = null, int oggRateHz = SampleRate)
    {
        _oggRateHz = oggRateHz;
        _soundFont = soundFont ?? UsualSoundFonts.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("There is no General MIDI sound font; pass one with --soundfont (Debian: apt install timgm6mb-soundfont).");
        if (!File.Exists(_soundFont))
            throw new FileNotFoundException($"There is no sound font at '{_soundFont}'.");
        if (!IsInstalled)
            throw new FileNotFoundException("fluidsynth is not installed (Debian: apt install fluidsynth).");
    }

    /// <summary>Whether fluidsynth is on the path.</summary>
    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "fluidsynth")));

    /// <summary>Whether one of the usual sound fonts is there.</summary>
    public static bool HasSoundFont => UsualSoundFonts.Any(File.Exists);

    /// <summary>Writes a clip as Ogg Vorbis at <see cref="TargetLufs"/>: rendered once to measure, once more at the right gain.</summary>
    /// <returns>Loudness of the written audio as computed from the measurement, in LUFS; null for silence.</returns>
    public double? Render(Clip clip, string oggFile)
    {
        var midi = Path.ChangeExtension(oggFile, ".render.mid");
        var wav = Path.ChangeExtension(oggFile, ".render.wav");
        try
        {
            using (var file = File.Create(midi))
                ClipWriter.Write(clip, file);
            Run(midi, wav, "wav", SampleRate, FirstGain);
            if (Loudness.Integrated(WavReader.Read(File.ReadAllBytes(wav))) is not { } loudness)
            {
                Run(midi, oggFile, "oga", _oggRateHz, FirstGain);
                return null;
            }
            // fluidsynth's gain is a factor of amplitude, 0..10.
            var gain = Math.Min(10, FirstGain * Math.Pow(10, (TargetLufs - loudness) / 20));
            Run(midi, oggFile, "oga", _oggRateHz, gain);
            return loudness + (20 * Math.Log10(gain / FirstGain));
        }
        finally
        {
            File.Delete(midi);
            File.Delete(wav);
        }
    }

    private void Run(string midi, string output, string format, int rateHz, double gain)
    {
        var start = new ProcessStartInfo("fluidsynth") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-n", "-i", "-q", "-F", output, "-T", format, "-O", "s16", "-r", $"{rateHz}", "-g", gain.ToString("0.####", CultureInfo.InvariantCulture), _soundFont, midi])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("fluidsynth did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || !File.Exists(output))
            throw new IOException($"fluidsynth failed ({process.ExitCode}): {errors.Result}");
    }
}
