using MidiMuse.Core.Events;

namespace MidiMuse.Models.Evaluation;

/// <summary>Negative log-likelihood of a phrase: for each aspect the sum of nats and the number of targets.</summary>
public sealed class AspectNats
{
    public const int Aspects = 4;

    private readonly double[] _nats = new double[Aspects];
    private readonly long[] _targets = new long[Aspects];

    /// <summary>Notes of the phrases. The end of a piece is a target of time, but no note.</summary>
    public long Notes => _targets[(int)NoteAspect.Pitch];

    public double this[NoteAspect aspect] => _nats[(int)aspect];

    public long Targets(NoteAspect aspect) => _targets[(int)aspect];

    public void Add(NoteAspect aspect, double nats)
    {
        _nats[(int)aspect] += nats;
        _targets[(int)aspect]++;
    }

    public void Add(AspectNats other)
    {
        for (var i = 0; i < Aspects; i++)
        {
            _nats[i] += other._nats[i];
            _targets[i] += other._targets[i];
        }
    }
}
