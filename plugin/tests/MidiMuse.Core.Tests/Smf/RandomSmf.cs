using MidiMuse.Core.Smf;

namespace MidiMuse.Core.Tests.Smf;

/// <summary>Files with every kind of event that the format has.</summary>
internal static class RandomSmf
{
    internal static byte[] Bytes(Random random) => SmfWriter.ToBytes(File(random), useRunningStatus: random.Next(2) == 0);

    internal static SmfFile File(Random random)
    {
        var format = random.Next(2);
        var tracks = Enumerable.Range(0, format == 0 ? 1 : random.Next(1, 4)).Select(_ => Track(random)).ToArray();
        var division = random.Next(8) == 0 ? SmfDivision.TimeCode(25, random.Next(1, 256)) : SmfDivision.Musical(random.Next(1, 0x8000));
        return new SmfFile(format, division, tracks);
    }

    private static SmfTrack Track(Random random)
    {
        var tick = 0L;
        var events = new List<SmfEvent>();
        for (var count = random.Next(40); count > 0; count--)
        {
            tick += random.Next(3) == 0 ? random.Next(1 << random.Next(28)) : 0;
            events.Add(Event(random, tick));
        }
        return new SmfTrack(events, tick + random.Next(1000));
    }

    private static SmfEvent Event(Random random, long tick)
    {
        var status = random.Next(0x80, 0xF0);
        var oneByte = (status & 0xE0) == 0xC0;
        return random.Next(10) switch
        {
            0 => new SmfEvent(tick, SmfEvent.Sysex, 0, 0, Payload(random)),
            1 => new SmfEvent(tick, SmfEvent.Escape, 0, 0, Payload(random)),
            2 => SmfEvent.Meta(tick, SmfMeta.Tempo, (byte[])[1, (byte)random.Next(256), (byte)random.Next(256)]),
            3 => SmfEvent.Meta(tick, SmfMeta.TimeSignature, (byte[])[(byte)random.Next(1, 65), (byte)random.Next(7), 24, 8]),
            4 => SmfEvent.Meta(tick, SmfMeta.KeySignature, (byte[])[(byte)random.Next(-7, 8), (byte)random.Next(2)]),
            5 => SmfEvent.Meta(tick, (byte)random.Next(1, 8), Payload(random)),
            _ => SmfEvent.ChannelMessage(tick, status, random.Next(128), oneByte ? 0 : random.Next(128)),
        };
    }

    private static byte[] Payload(Random random)
    {
        var payload = new byte[random.Next(random.Next(2) == 0 ? 8 : 300)];
        random.NextBytes(payload);
        return payload;
    }
}
