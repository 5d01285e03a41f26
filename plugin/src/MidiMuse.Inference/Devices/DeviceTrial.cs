using System.Diagnostics;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Devices;

/// <summary>
/// Self-test and benchmark: the same phrase on a device and on the CPU. A device whose numbers differ is not used,
/// however fast it is; DirectML drivers are known to replay wrong results.
/// </summary>
internal static class DeviceTrial
{
    /// <summary>
    /// Relative RMS difference of a head's logits that is still the same model: half-precision and reordered sums
    /// stay below a hundredth, a wrong kernel or a stale buffer far above.
    /// </summary>
    public const double Tolerance = 0.02;

    private const int ComparedNotes = 24;
    private const int TimedNotes = 48;

    /// <param name="cpu">The model on the CPU.</param>
    /// <param name="open">The same model on the device; disposed afterwards.</param>
    public static DeviceFigures Run(Device device, SharedModel cpu, Func<SharedModel> open)
    {
        try
        {
            using var model = open();
            using var session = model.CreateSession();
            var deviation = DeviationFromCpu(cpu, session);
            if (model.DeviceFailure is { } failure)
                return DeviceFigures.Failed(device, failure);
            // Not-a-number is no number either.
            if (!(deviation <= Tolerance))
                return DeviceFigures.Failed(device, $"gives other numbers than the CPU (relative difference {deviation:0.###}, allowed {Tolerance})", deviation);
            using var reference = cpu.CreateSession();
            Begin(reference);
            var (cpuMilliseconds, milliseconds) = Time(reference, session);
            return model.DeviceFailure is { } late
                ? DeviceFigures.Failed(device, late, deviation)
                : new DeviceFigures(device.Id, device.Name, milliseconds, cpuMilliseconds, deviation);
        }
        catch (ModelException e)
        {
            return DeviceFigures.Failed(device, e.Message);
        }
    }

    /// <summary>Graph against graph: a Transformer's own arithmetic on the CPU has 8 bits, which would hide a difference, or be one.</summary>
    private static double DeviationFromCpu(SharedModel cpu, NoteEventSession session)
    {
        using var graphs = SharedModel.Acquire(cpu.FolderPath, Device.CpuGraphs);
        using var reference = graphs.CreateSession();
        return Compare(reference, session);
    }

    private static double Compare(NoteEventSession reference, NoteEventSession session)
    {
        var worst = 0.0;
        Begin(reference);
        Begin(session);
        for (var i = 0; i < ComparedNotes; i++)
        {
            Worsen(ref worst, reference.TimeLogits, session.TimeLogits);
            Worsen(ref worst, reference.PitchLogits(i % 24), session.PitchLogits(i % 24));
            Worsen(ref worst, reference.DurationLogits(40 + i), session.DurationLogits(40 + i));
            Worsen(ref worst, reference.VelocityLogits(i), session.VelocityLogits(i));
            reference.Step(NoteAt(ComparedNotes + i));
            session.Step(NoteAt(ComparedNotes + i));
        }
        return worst;
    }

    private static void Worsen(ref double worst, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double difference = 0, size = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            difference += ((double)actual[i] - expected[i]) * ((double)actual[i] - expected[i]);
            size += (double)expected[i] * expected[i];
        }
        var relative = Math.Sqrt(difference / Math.Max(size, 1e-12));
        // NaN stays: every later comparison with it is false.
        if (!(relative <= worst))
            worst = relative;
    }

    /// <summary>Median milliseconds of a note on each, taken in turns so that a busy machine slows both.</summary>
    private static (double Cpu, double Device) Time(NoteEventSession reference, NoteEventSession session)
    {
        Span<double> cpu = stackalloc double[TimedNotes];
        Span<double> device = stackalloc double[TimedNotes];
        for (var i = 0; i < TimedNotes; i++)
        {
            var note = NoteAt((2 * ComparedNotes) + i);
            cpu[i] = TimeOf(reference, note);
            device[i] = TimeOf(session, note);
        }
        cpu.Sort();
        device.Sort();
        return (cpu[TimedNotes / 2], device[TimedNotes / 2]);
    }

    private static double TimeOf(NoteEventSession session, GridNote note)
    {
        var start = Stopwatch.GetTimestamp();
        session.Step(note);
        session.PitchLogits(6);
        session.DurationLogits(note.Pitch);
        session.VelocityLogits(8);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Begin(NoteEventSession session)
    {
        session.Reset(new PhraseContext(Meter.CommonTime, Role.Melody, null));
        Span<GridNote> motif = stackalloc GridNote[ComparedNotes];
        for (var i = 0; i < motif.Length; i++)
            motif[i] = NoteAt(i);
        session.Prefill(motif);
    }

    /// <summary>A phrase that visits many classes of every attribute.</summary>
    private static GridNote NoteAt(int index) => new(index * 12L, 6 + (index % 5 * 6), 48 + (index * 7 % 30), 50 + (index * 11 % 60));
}
