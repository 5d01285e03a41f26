using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// A neural continuation: keeps a model session in step with the phrase, running only what is new, and goes back to
/// a checkpoint where the phrase turned out differently. [engine]
/// </summary>
public sealed class ModelContinuation : IContinuationModel
{
    private const int MaximumNotesPerBar = 256;

    /// <summary>Notes read between two looks at the time: the session's largest chunk, so looking costs nothing.</summary>
    private const int NotesPerHearing = 16;

    private const int MostFutureNotes = 48;

    private readonly DeviceSelection _devices;
    private readonly BarGenerator _generator;
    private readonly BarConsensus _consensus;
    private readonly List<GridNote> _fed = [];
    private readonly int[] _fedAtSlot = new int[NoteEventSession.SlotCount];
    private readonly GridNote[] _drawn = new GridNote[MaximumNotesPerBar];
    private readonly GridNote[] _ringing = new GridNote[64];
    private SharedModel _model;
    private NoteEventSession _session;
    private PhraseContext? _context;
    private double _guidance = 1;
    private bool _isGuided;
    private int _nextSlot;

    public ModelContinuation(SharedModel model)
    {
        _generator = new BarGenerator();
        _consensus = new BarConsensus(_generator);
        _model = model;
        _session = model.CreateSession();
        _devices = new DeviceSelection(model);
        Identity = $"{model.Description.Name} {model.Description.Version} {model.Hash}";
        ForgetCheckpoints();
    }

    public string Identity { get; }

    public string? Fault { get; private set; }

    public DeviceReport Devices => _devices.Report;

    public void Prefer(DevicePreference preference) => _devices.Prefer(preference);

    public void Guide(double guidance)
    {
        if (guidance == _guidance)
            return;
        _guidance = guidance;
        if (_isGuided)
            Reopen(isGuided: false); // until something is heard that is to be guided
    }

    public bool Hear(PhraseContext context, ReadOnlySpan<GridNote> notes, Func<bool> mustGiveUp)
    {
        if (Fault is not null)
            return true;
        try
        {
            // Where nothing is told but chords, guidance changes nothing, and costs nothing.
            var isGuided = _guidance > 1 && !context.Conditions.HasOnlyChords;
            if (isGuided != _isGuided)
                Reopen(isGuided);
            GoBackTo(context, CommonPrefix(context, notes));
            _context = context;
            _session.Tell(context.Conditions);
            if (_fed.Count == notes.Length)
                return true;
            while (_fed.Count < notes.Length)
            {
                if (mustGiveUp())
                    return false;
                var next = notes.Slice(_fed.Count, Math.Min(NotesPerHearing, notes.Length - _fed.Count));
                _session.Prefill(next);
                _fed.AddRange(next);
            }
            Checkpoint();
            return true;
        }
        catch (ModelException exception)
        {
            Fail(exception);
            return true;
        }
    }

    public ComposeOutcome ComposeBar(in BarOrder order, List<GridNote> notes, Func<bool> isTooLate, out double logLikelihood)
    {
        notes.Clear();
        logLikelihood = 0;
        if (Fault is not null)
            return ComposeOutcome.Failed;
        try
        {
            return Draw(order, notes, isTooLate, out logLikelihood);
        }
        catch (ModelException exception)
        {
            Fail(exception);
            return ComposeOutcome.Failed;
        }
    }

    public void Dispose()
    {
        _devices.Dispose();
        _session.Dispose();
        _model.Dispose();
    }

    private ComposeOutcome Draw(in BarOrder order, List<GridNote> notes, Func<bool> isTooLate, out double logLikelihood)
    {
        var heard = _fed.Count;
        Checkpoint();
        var isInfill = order.Future.Length > 0 && _session.CanInfill;
        if (isInfill)
            ReadFuture(order);
        var request = new BarRequest
        {
            StartTick = order.StartTick,
            EndTick = order.EndTick,
            Sampler = SamplerSettings.Uniform(order.Temperature, order.TopP),
            Constraints = order.Constraints,
            Steering = order.Steering,
            Given = order.Given,
            Ringing = RingingAt(order.StartTick),
            BeginsOnItsLine = order.BarIndex == 0,
            MayEnd = isInfill, // the end of the middle is where the future begins
        };
        var result = order.Takes > 1 ? DrawTakes(order, request, heard, isTooLate) : DrawTake(order, request, isTooLate);
        logLikelihood = result.LogLikelihood;
        // Notes of a bar that was given up, the future, and those of other takes have not been heard.
        var isHeard = result.IsUsable && !isInfill && order.Takes <= 1;
        if (!isHeard)
            ForgetSince(heard);
        if (!result.IsUsable)
            return result.Status == BarStatus.Cancelled ? ComposeOutcome.TooLate : ComposeOutcome.Failed;
        var drawn = _drawn.AsSpan(0, result.NoteCount);
        notes.AddRange(drawn);
        if (isHeard)
            _fed.AddRange(drawn);
        return ComposeOutcome.Complete;
    }

    private BarResult DrawTake(in BarOrder order, in BarRequest request, Func<bool> isTooLate)
    {
        var random = Xoshiro256.ForBar((ulong)order.Seed, order.BarIndex, order.Draw);
        return _generator.Generate(_session, request, ref random, _drawn, isTooLate);
    }

    private BarResult DrawTakes(in BarOrder order, in BarRequest request, int heard, Func<bool> isTooLate)
    {
        if (_fedAtSlot[_nextSlot] == heard)
            _nextSlot = (_nextSlot + 1) % NoteEventSession.SlotCount;
        _fedAtSlot[_nextSlot] = -1;
        return _consensus.Generate(_session, _nextSlot, request, ((ulong)order.Seed, order.BarIndex, order.Draw), order.Takes, _drawn, isTooLate);
    }

    /// <summary>Back to the checkpoint at the notes that were heard, whatever the session has read beyond them.</summary>
    private void ForgetSince(int heard)
    {
        _session.Restore(Array.IndexOf(_fedAtSlot, heard));
        _session.Tell(_context!.Value.Conditions);
    }

    /// <summary>Past, future, middle: the arrangement in which the model has learnt to infill.</summary>
    private void ReadFuture(in BarOrder order)
    {
        _session.BeginPart(SegmentClass.Future, order.EndTick);
        _session.Prefill(order.Future.AsSpan(0, Math.Min(order.Future.Length, MostFutureNotes)));
        _session.BeginPart(SegmentClass.Middle, order.StartTick);
    }

    private ReadOnlySpan<GridNote> RingingAt(long startTick)
    {
        var count = 0;
        var earliestTick = startTick - NoteEventVocabulary.DurationToTicks(NoteEventVocabulary.DurationTargets - 1);
        for (var i = _fed.Count - 1; i >= 0 && _fed[i].OnsetTick >= earliestTick && count < _ringing.Length; i--)
        {
            if (_fed[i].EndTick > startTick)
                _ringing[count++] = _fed[i];
        }
        return _ringing.AsSpan(0, count);
    }

    /// <summary>How many of the notes the session has read under these very circumstances; -1 where not even the beginning is the same.</summary>
    private int CommonPrefix(PhraseContext context, ReadOnlySpan<GridNote> notes)
    {
        if (_context is not { } known || known with { Conditions = context.Conditions } != context)
            return -1;
        var toldUntil = known == context ? long.MaxValue : known.Conditions.FirstDifference(context.Conditions);
        if (toldUntil <= 0)
            return -1;
        var length = 0;
        while (length < _fed.Count && length < notes.Length && _fed[length] == notes[length] && notes[length].OnsetTick < toldUntil)
            length++;
        return length;
    }

    /// <summary>Leaves the session at a number of notes or, at a checkpoint before it, at fewer; -1 begins anew.</summary>
    private void GoBackTo(PhraseContext context, int count)
    {
        if (count == _fed.Count && count >= 0)
            return;
        var best = -1;
        for (var slot = 0; slot < _fedAtSlot.Length; slot++)
        {
            if (_fedAtSlot[slot] > count)
                _fedAtSlot[slot] = -1;
            else if (_fedAtSlot[slot] >= 0 && (best < 0 || _fedAtSlot[slot] > _fedAtSlot[best]))
                best = slot;
        }
        if (best >= 0)
        {
            _session.Restore(best);
            _session.Tell(context.Conditions);
            _fed.RemoveRange(_fedAtSlot[best], _fed.Count - _fedAtSlot[best]);
            return;
        }
        MoveToChosenDevice();
        _session.Reset(context);
        _context = context;
        _fed.Clear();
        ForgetCheckpoints();
    }

    /// <summary>The session is empty here, so nothing is lost with it.</summary>
    private void MoveToChosenDevice()
    {
        if (!_devices.TryTake(out var model))
            return;
        _session.Dispose();
        _model.Dispose();
        _model = model!;
        _session = CreateSession();
    }

    /// <summary>The phrase is read again when it is heard next.</summary>
    private void Reopen(bool isGuided)
    {
        _session.Dispose();
        _isGuided = isGuided;
        _session = CreateSession();
        Forget();
    }

    private NoteEventSession CreateSession() => new GuidedModel(_model, _isGuided ? _guidance : 1).CreateSession();

    private void Forget()
    {
        _context = null;
        _fed.Clear();
        ForgetCheckpoints();
    }

    private void Checkpoint()
    {
        if (Array.IndexOf(_fedAtSlot, _fed.Count) >= 0)
            return;
        _session.Save(_nextSlot);
        _fedAtSlot[_nextSlot] = _fed.Count;
        _nextSlot = (_nextSlot + 1) % NoteEventSession.SlotCount;
    }

    private void ForgetCheckpoints() => Array.Fill(_fedAtSlot, -1);

    private void Fail(ModelException exception)
    {
        Fault = exception.Message;
        Forget();
    }
}
