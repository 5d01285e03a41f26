using MidiMuse.Core.Audio;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;

namespace MidiMuse.Engine.Clips;

/// <summary>
/// A WAV file of one sung or played line as motif, heard as the audio input is heard. Its first sample lies on a bar
/// line, and it was played to the host's tempo. On the caller's thread. [main] [ui]
/// </summary>
public static class RecordingFile
{
    private const int LowestRateHz = 8000;
    private const int HighestRateHz = 384_000;

    /// <summary>A first note this much before a bar line, or less, belongs to the next bar.</summary>
    private const double EarlyDownbeatPpq = 0.125;

    public static bool IsRecording(string path) => Path.GetExtension(path).Equals(".wav", StringComparison.OrdinalIgnoreCase);

    public static CommandReply LoadMotif(IEngineControl control, string path)
    {
        using var stream = File.OpenRead(path);
        var audio = WavReader.Read(stream);
        if (audio.SampleRateHz is < LowestRateHz or > HighestRateHz)
            return CommandReply.Refused($"{audio.SampleRateHz} samples a second are none that can be heard; 8000 to 384000 can.");
        if (audio.Seconds > Transcriber.MaximumSeconds)
            return CommandReply.Refused($"The file is longer than {Transcriber.MaximumSeconds / 60:0} minutes.");
        var (tempoBpm, meter) = control.TryReadTransport(out var transport) ? (transport.TempoBpm, transport.Meter) : (120, Meter.CommonTime);
        return Hear(audio, tempoBpm, meter, AudioSettings.From(control.Parameters)) is { } heard
            ? control.Run(heard)
            : CommandReply.Refused("No notes are heard in it: one line, sung or played, is.");
    }

    /// <summary>Null where no note leaves no doubt.</summary>
    public static LoadMotif? Hear(WavAudio audio, double tempoBpm, Meter meter, AudioSettings settings)
    {
        const uint Epoch = 1;
        var listener = new AudioListener();
        var ppqPerSample = tempoBpm / 60 / audio.SampleRateHz;
        listener.Enqueue(audio.ToMono(), new AudioChunk(audio.Frames, 0, ppqPerSample, audio.SampleRateHz, Epoch));
        listener.Start(Epoch, 0);
        double? firstPpq = null;
        while (double.IsFinite(listener.NextStepPpq))
        {
            listener.Step();
            firstPpq ??= listener.FirstNotePpq(settings);
        }
        var endPpq = audio.Frames * ppqPerSample;
        var leftMs = listener.Finish(endPpq);
        if ((firstPpq ?? listener.FirstNotePpq(settings)) is not { } first)
            return null;
        var startPpq = Math.Floor((first + EarlyDownbeatPpq) / meter.BarPpq) * meter.BarPpq;
        var notes = listener.Notes(startPpq, tempoBpm, settings, isOver: true, out var confidence);
        if (notes.IsEmpty)
            return null;
        var bars = Math.Floor((notes[^1].OnsetPpq - startPpq) / meter.BarPpq) + 1;
        var motif = new Motif(startPpq, startPpq + (bars * meter.BarPpq), meter, notes).MovedBy(-startPpq);
        return new LoadMotif(motif, new AudioReport(notes.Length, confidence, leftMs));
    }
}
