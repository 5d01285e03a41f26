using System.Collections.Immutable;
using MidiMuse.Core.Time;
using MidiMuse.Engine;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Engine.State;

namespace MidiMuse.Perf.Measurements;

/// <summary>
/// A state like that of a project with a long answer, and what the plugin allocates when it is asked for it. Objects
/// are as large under NativeAOT as here, so what is counted here is what the plugin's runtime sees.
/// </summary>
/// <param name="BytesPerGetState">Managed bytes that one IComponent::getState allocates.</param>
/// <param name="BytesPerText">Managed bytes that one IEditController::getParamStringByValue allocates.</param>
internal sealed record StateCost(byte[] State, double BytesPerGetState, double BytesPerText)
{
    private const int Bars = 32;
    private const int NotesPerBar = 16;
    private const int Calls = 200;

    /// <summary>The bridge asks with a buffer of this size first and again where the state is longer (plugin_instance.cpp).</summary>
    private const int FirstBufferBytes = 4096;

    public static StateCost Measure()
    {
        var parameters = new ParameterValues();
        var motif = new Motif(0, 4, Meter.CommonTime, Notes(0));
        ImmutableArray<AnswerBar> bars = [.. Enumerable.Range(1, Bars).Select(bar => new AnswerBar(bar * 4.0, (bar + 1) * 4.0, BarOrigin.Model, -30.5, Notes(bar)))];
        var snapshot = new EngineSnapshot
        {
            Version = 1,
            ContentVersion = 1,
            Phase = EnginePhase.Idle,
            Guidance = Guidance.TakeAnswer,
            Motif = motif,
            Answer = bars,
            ModelIdentity = "lstm",
        };
        var state = StateCodec.Write(parameters, snapshot, null, null);
        var source = StateCodec.TryRead(state)!.Source;
        var perWrite = BytesPerCall(() => StateCodec.Write(parameters, snapshot, source, null));
        var temperature = ParameterTable.Find(ParameterId.Temperature)!;
        var perText = BytesPerCall(() => temperature.ToText(0.43));
        return new StateCost(state, perWrite * (state.Length > FirstBufferBytes ? 2 : 1), perText);
    }

    private static ImmutableArray<TimelineNote> Notes(int bar)
    {
        var notes = ImmutableArray.CreateBuilder<TimelineNote>(NotesPerBar);
        for (var i = 0; i < NotesPerBar; i++)
            notes.Add(new TimelineNote((bar * 4) + (i / 4.0), (bar * 4) + (i / 4.0) + 0.2, 0, (byte)(60 + i), 80));
        return notes.MoveToImmutable();
    }

    private static double BytesPerCall(Func<object> call)
    {
        _ = call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
            _ = call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
    }
}
