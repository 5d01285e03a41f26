namespace MidiMuse.Windows.Core;

/// <summary>The events of one block, in arrays that are made once. [audio]</summary>
internal sealed class EventBuffer
{
    /// <summary>The native core's own limit is 8192; a host that sends more in a block means no music by it.</summary>
    private const int Capacity = 4096;

    private readonly CoreEvent[] _input = new CoreEvent[Capacity];
    private readonly CoreEvent[] _output = new CoreEvent[Capacity];
    private int _inputCount;

    public void Clear() => _inputCount = 0;

    /// <summary>An event beyond the capacity is lost, a note-off takes the place of the last event that is none.</summary>
    public void Add(in CoreEvent coreEvent)
    {
        if (_inputCount < Capacity)
            _input[_inputCount++] = coreEvent;
        else if (coreEvent.Kind == CoreEventKind.NoteOff)
            ReplaceNewWork(coreEvent);
    }

    /// <summary>Runs the block and gives what sounds, in order of offset.</summary>
    public ReadOnlySpan<CoreEvent> Run(NativeCore core, in CoreBlock block) =>
        _output.AsSpan(0, core.Process(block, _input.AsSpan(0, _inputCount), _output));

    private void ReplaceNewWork(in CoreEvent noteOff)
    {
        for (var i = Capacity - 1; i >= 0; i--)
        {
            if (_input[i].Kind == CoreEventKind.NoteOff)
                continue;
            _input[i] = noteOff;
            return;
        }
    }
}
