namespace MidiMuse.Engine.Link;

/// <summary>
/// What waits to be applied, in order of position. Inputs come in that order already; commands are sorted in before
/// what was played later. A ring that grows: no allocation once it is large enough. [engine]
/// </summary>
public sealed class InputBuffer
{
    private InputEvent[] _slots = new InputEvent[64];
    private int _first;
    private int _count;

    public void Add(in InputEvent input)
    {
        if (_count == _slots.Length)
            Grow();
        var place = _count++;
        for (; place > 0 && IsAfter(this[place - 1], input); place--)
            this[place] = this[place - 1];
        this[place] = input;
    }

    public bool TryPeek(out InputEvent input)
    {
        input = _count > 0 ? this[0] : default;
        return _count > 0;
    }

    public bool TryTake(out InputEvent input)
    {
        if (!TryPeek(out input))
            return false;
        this[0] = default; // a command must not be kept alive by its slot
        _first = (_first + 1) % _slots.Length;
        _count--;
        return true;
    }

    private ref InputEvent this[int index] => ref _slots[(_first + index) % _slots.Length];

    private static bool IsAfter(in InputEvent waiting, in InputEvent added) =>
        waiting.Epoch == added.Epoch ? waiting.TimelinePpq > added.TimelinePpq : unchecked((int)(waiting.Epoch - added.Epoch)) > 0;

    private void Grow()
    {
        var larger = new InputEvent[_slots.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = this[i];
        _slots = larger;
        _first = 0;
    }
}
