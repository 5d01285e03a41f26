using System.Text.Json;
using MidiMuse.Core.Audio;
using MidiMuse.Core.Time;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;

namespace MidiMuse.Host.Motifs;

/// <summary>A recording as a motif: a WAV file that is sung into the plugin's audio input.</summary>
/// <param name="Samples">Mono, at the session's sample rate.</param>
/// <param name="Notes">What the host itself hears in it, to know how long it is.</param>
public sealed record RecordedMotif(ReadOnlyMemory<float> Samples, double SampleRateHz, IReadOnlyList<InputNote> Notes)
{
    /// <param name="sampleRateHz">The session's; null = the file's.</param>
    /// <exception cref="WavException">The stream is no WAV file that can be read.</exception>
    public static RecordedMotif Read(Stream wav, double? sampleRateHz, TempoMap tempos)
    {
        ArgumentNullException.ThrowIfNull(tempos);
        var audio = WavReader.Read(wav);
        var rate = sampleRateHz ?? Math.Clamp(audio.SampleRateHz, 8000, 384_000);
        var samples = Resampler.Convert(audio.ToMono(), audio.SampleRateHz, rate);
        var notes = Transcriber.Transcribe(samples, rate).Select(note => new InputNote(
            tempos.ToPpq(note.OnsetSeconds), tempos.ToPpq(note.EndSeconds) - tempos.ToPpq(note.OnsetSeconds), note.Pitch, note.Velocity));
        return new RecordedMotif(samples, rate, [.. notes]);
    }

    /// <summary>What the plugin has heard, from the state that it saves; null where it keeps no motif there.</summary>
    public static IReadOnlyList<InputNote>? HeardBy(HostedPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        try
        {
            using var state = JsonDocument.Parse(plugin.SaveState().Component);
            return state.RootElement.TryGetProperty("motif", out var motif) && motif.TryGetProperty("notes", out var notes)
                ? [.. notes.EnumerateArray().Select(ToNote)]
                : null;
        }
        catch (JsonException)
        {
            return null; // another plugin's state
        }
    }

    private static InputNote ToNote(JsonElement note)
    {
        var onset = note.GetProperty("on").GetDouble();
        return new InputNote(onset, note.GetProperty("off").GetDouble() - onset, note.GetProperty("pitch").GetInt32(), note.GetProperty("velocity").GetInt32());
    }
}
