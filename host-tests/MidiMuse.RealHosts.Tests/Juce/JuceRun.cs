namespace MidiMuse.RealHosts.Tests.Juce;

/// <summary>What the JUCE host reports; mirrors host-tests/juce/Source/Report.cpp.</summary>
internal sealed record JuceRun(JucePlugin Plugin, double SampleRateHz, long Blocks, JuceEvent[] Input, JuceInstance[] Instances)
{
    public JuceInstance Only => Assert.Single(Instances);
}

internal sealed record JucePlugin(
    string Name, string Manufacturer, string Version, string Category, bool IsInstrument, bool AcceptsMidi, bool ProducesMidi, int AudioInputs, int AudioOutputs, int LatencySamples);

/// <param name="Sample">Samples from the start of the transport.</param>
/// <param name="Ppq">Project position.</param>
/// <param name="TimelinePpq">Not wrapped by the loop.</param>
internal sealed record JuceEvent(long Sample, double Ppq, double TimelinePpq, bool Playing, int[] Bytes)
{
    public bool IsNoteOn => (Bytes[0] & 0xF0) == 0x90 && Bytes[2] > 0;

    public bool IsNoteOff => (Bytes[0] & 0xF0) == 0x80 || ((Bytes[0] & 0xF0) == 0x90 && Bytes[2] == 0);

    public int Channel => Bytes[0] & 0x0F;

    public int Pitch => Bytes[1];

    public int Velocity => Bytes[2];

    /// <summary>When and what, for comparison.</summary>
    public (long Sample, string Bytes) Exactly => (Sample, Convert.ToHexString([.. Bytes.Select(value => (byte)value)]));
}

internal sealed record JuceParameter(string Name, string Units, double Value, string Text, double Default, int Steps, string[] Texts, bool Automatable)
{
    /// <summary>The normalised value of one of <see cref="Texts"/>.</summary>
    public double ValueOf(string text)
    {
        var index = Array.IndexOf(Texts, text);
        Assert.True(index >= 0, $"{Name} has no value '{text}', but {string.Join(", ", Texts)}.");
        return index / (double)(Texts.Length - 1);
    }
}

internal sealed record JuceTimes(double P50, double P999, double Max);

internal sealed record JuceInstance(JuceEvent[] Events, double Peak, JuceTimes ProcessMicroseconds, JuceParameter[] Parameters)
{
    public JuceParameter Parameter(string name) => Parameters.Single(parameter => parameter.Name == name);

    /// <summary>
    /// The notes, in order of onset. Fails where a note is not released, released twice, or struck while it sounds.
    /// </summary>
    public IReadOnlyList<HostNote> PairedNotes()
    {
        var sounding = new Dictionary<(int Channel, int Pitch), JuceEvent>();
        var notes = new List<HostNote>();
        foreach (var midi in Events)
        {
            var key = (midi.Channel, midi.Pitch);
            if (midi.IsNoteOn)
            {
                Assert.True(sounding.TryAdd(key, midi), $"Pitch {midi.Pitch} is struck at {midi.TimelinePpq} while it sounds since {sounding.GetValueOrDefault(key)?.TimelinePpq}.");
            }
            else if (midi.IsNoteOff)
            {
                Assert.True(sounding.Remove(key, out var onset), $"Pitch {midi.Pitch} is released at {midi.TimelinePpq} but does not sound.");
                notes.Add(new HostNote(onset!.TimelinePpq, midi.TimelinePpq, midi.Pitch, onset.Velocity, midi.Channel));
            }
        }
        Assert.True(sounding.Count == 0, $"Still sounding at the end: {string.Join(", ", sounding.Values.Select(midi => $"{midi.Pitch} since {midi.TimelinePpq}"))}.");
        return [.. notes.OrderBy(note => note.OnsetPpq).ThenBy(note => note.Pitch)];
    }
}
