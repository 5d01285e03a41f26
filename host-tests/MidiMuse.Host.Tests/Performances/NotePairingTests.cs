using MidiMuse.Host.Performances;

namespace MidiMuse.Host.Tests.Performances;

public sealed class NotePairingTests
{
    [Fact]
    public void Notes_are_paired_by_channel_and_pitch()
    {
        var pairing = NotePairing.Of([On(0, 60), On(1, 60, channel: 1), Off(2, 60), Off(3, 60, channel: 1)]);
        Assert.True(pairing.IsClean);
        Assert.Equal([(0, 2), (1, 3)], pairing.Notes.Select(n => ((int)n.OnsetPpq, (int)n.EndPpq)));
    }

    [Fact]
    public void Hanging_overlapping_and_stray_notes_are_counted()
    {
        var pairing = NotePairing.Of([On(0, 60), On(1, 60), Off(2, 60), Off(3, 60), On(4, 61)]);
        Assert.Equal((1, 1, 1), (pairing.Hanging, pairing.Overlapping, pairing.Stray));
        Assert.Equal(3, pairing.Notes.Count);
    }

    private static EmittedEvent On(int at, int pitch, int channel = 0) => new(at, at, at, true, channel, pitch, 100, -1);

    private static EmittedEvent Off(int at, int pitch, int channel = 0) => new(at, at, at, false, channel, pitch, 0, -1);
}
