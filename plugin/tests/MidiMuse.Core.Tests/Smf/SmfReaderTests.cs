using MidiMuse.Core.Smf;

namespace MidiMuse.Core.Tests.Smf;

/// <summary>Oracle: byte sequences written by hand from the tables of RP-001.</summary>
public sealed class SmfReaderTests
{
    private static readonly byte[] EndOfTrack = [0x00, 0xFF, 0x2F, 0x00];

    [Fact]
    public void Running_status_repeats_the_last_channel_status()
    {
        var file = SmfReader.Read(SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0x93, 60, 100, 0x60, 60, 0, 0x00, 64, 90, .. EndOfTrack])));
        Assert.Equal(
            [SmfEvent.ChannelMessage(0, 0x93, 60, 100), SmfEvent.ChannelMessage(96, 0x93, 60, 0), SmfEvent.ChannelMessage(96, 0x93, 64, 90)],
            file.Tracks[0].Events);
        Assert.True(file.Tracks[0].Events[1].IsNoteOff);
    }

    [Fact]
    public void Program_and_channel_pressure_have_one_data_byte()
    {
        var file = SmfReader.Read(SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0xC1, 7, 0x00, 8, 0x00, 0xD1, 9, .. EndOfTrack])));
        Assert.Equal([(byte)7, (byte)8, (byte)9], file.Tracks[0].Events.Select(e => e.Data1));
    }

    [Fact]
    public void Sysex_and_unknown_meta_events_are_kept_as_they_are()
    {
        byte[] bytes = SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0xF0, 3, 0x7E, 0x09, 0xF7, 0x10, 0xF7, 1, 0xFE, 0x05, 0xFF, 0x7F, 2, 1, 2, .. EndOfTrack]));
        var file = SmfReader.Read(bytes);
        Assert.Equal([0xF0, 0xF7, 0xFF], file.Tracks[0].Events.Select(e => (int)e.Status));
        Assert.Equal([0x7E, 0x09, 0xF7], file.Tracks[0].Events[0].Payload.ToArray());
        Assert.Equal(bytes, SmfWriter.ToBytes(file));
    }

    [Theory]
    [InlineData(0x00, 0)]
    [InlineData(0x7F, 0x7F)]
    [InlineData(0x8100, 0x80)]
    [InlineData(0xFF7F, 0x3FFF)]
    [InlineData(0x818000, 0x4000)]
    [InlineData(0xFFFFFF7F, 0x0FFFFFFF)]
    public void Variable_length_quantities_are_the_ones_of_the_specification(long encoded, int value)
    {
        byte[] quantity = [.. Enumerable.Range(0, 4).Select(i => (byte)(encoded >> (24 - (8 * i)))).SkipWhile(b => b == 0).DefaultIfEmpty((byte)0)];
        byte[] bytes = SmfBytes.File(0, 96, SmfBytes.Track([.. quantity, 0xFF, 0x2F, 0x00]));
        var file = SmfReader.Read(bytes);
        Assert.Equal(value, file.Tracks[0].EndTick);
        Assert.Equal(bytes, SmfWriter.ToBytes(file));
    }

    [Fact]
    public void Time_code_divisions_are_read()
    {
        var division = SmfReader.Read(SmfBytes.File(0, 0xE250, SmfBytes.Track(EndOfTrack))).Division; // -30 frames, 80 ticks
        Assert.True(division.IsTimeCode);
        Assert.Equal((30, 80), (division.FramesPerSecond, division.TicksPerFrame));
    }

    [Fact]
    public void A_longer_header_and_foreign_chunks_are_skipped()
    {
        byte[] bytes = [.. "MThd"u8, 0, 0, 0, 8, 0, 0, 0, 1, 0, 96, 1, 2, .. "XFIH"u8, 0, 0, 0, 2, 9, 9, .. SmfBytes.Track(EndOfTrack)];
        Assert.Single(SmfReader.Read(bytes).Tracks);
    }

    [Fact]
    public void A_missing_end_of_track_is_the_end_of_the_chunk()
    {
        var file = SmfReader.Read(SmfBytes.File(0, 96, SmfBytes.Track(0x00, 0x90, 60, 100, 0x60, 0x80, 60, 64)));
        Assert.Equal(96, file.Tracks[0].EndTick);
    }

    public static TheoryData<SmfFault, long, byte[]> Damage() => new()
    {
        { SmfFault.NotAMidiFile, 0, [] },
        { SmfFault.NotAMidiFile, 0, [.. "RIFF"u8, 0, 0, 0, 6] },
        { SmfFault.ChunkTooLong, 4, [.. "MThd"u8, 0, 0, 0, 6, 0, 0] },
        { SmfFault.ChunkTooLong, 4, [.. "MThd"u8, 0] },
        { SmfFault.HeaderTooShort, 8, [.. "MThd"u8, 0, 0, 0, 2, 0, 0] },
        { SmfFault.UnsupportedFormat, 8, SmfBytes.File(2, 96, SmfBytes.Track(EndOfTrack)) },
        { SmfFault.BadTrackCount, 10, SmfBytes.File(0, 96) },
        { SmfFault.BadTrackCount, 10, SmfBytes.File(0, 96, SmfBytes.Track(EndOfTrack), SmfBytes.Track(EndOfTrack)) },
        { SmfFault.BadDivision, 12, SmfBytes.File(0, 0, SmfBytes.Track(EndOfTrack)) },
        { SmfFault.BadDivision, 12, SmfBytes.File(0, 0x8001, SmfBytes.Track(EndOfTrack)) },
        { SmfFault.MissingTrack, 14, SmfBytes.File(1, 96, [[]]) },
        { SmfFault.ChunkTooLong, 18, [.. SmfBytes.File(0, 96, [[]]), .. "MTrk"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0] },
        { SmfFault.TrackTooShort, 24, SmfBytes.File(0, 96, SmfBytes.Track(0x00, 0x90)) },
        { SmfFault.BadQuantity, 22, SmfBytes.File(0, 96, SmfBytes.Track([0xFF, 0xFF, 0xFF, 0xFF, 0x00, .. EndOfTrack])) },
        { SmfFault.DataByteExpected, 24, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0x90, 0x80, 0x00, .. EndOfTrack])) },
        { SmfFault.NoRunningStatus, 23, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 60, 100, .. EndOfTrack])) },
        { SmfFault.NoRunningStatus, 30, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0x90, 60, 100, 0x00, 0xF0, 0, 0x00, 60, 0, .. EndOfTrack])) },
        { SmfFault.UnknownStatus, 23, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0xF4, .. EndOfTrack])) },
        { SmfFault.TrackTooShort, 26, SmfBytes.File(0, 96, SmfBytes.Track(0x00, 0xFF, 0x01, 0x40)) },
        { SmfFault.BadTempo, 24, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0xFF, 0x51, 3, 0, 0, 0, .. EndOfTrack])) },
        { SmfFault.BadTempo, 24, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0xFF, 0x51, 2, 7, 0, .. EndOfTrack])) },
        { SmfFault.BadTimeSignature, 24, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0xFF, 0x58, 4, 0, 2, 24, 8, .. EndOfTrack])) },
        { SmfFault.BadTimeSignature, 24, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0xFF, 0x58, 4, 4, 32, 24, 8, .. EndOfTrack])) },
        { SmfFault.BadKeySignature, 24, SmfBytes.File(0, 96, SmfBytes.Track([0x00, 0xFF, 0x59, 2, 8, 0, .. EndOfTrack])) },
        { SmfFault.DataAfterEndOfTrack, 26, SmfBytes.File(0, 96, SmfBytes.Track([.. EndOfTrack, 0x00])) },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void Every_fault_has_its_name_and_its_place(SmfFault fault, long offsetBytes, byte[] bytes)
    {
        var error = Assert.Throws<SmfException>(() => SmfReader.Read(bytes));
        Assert.Equal((fault, offsetBytes), (error.Fault, error.OffsetBytes));
    }

    [Fact]
    public void A_stream_larger_than_any_midi_file_is_refused_before_it_is_held()
    {
        using var endless = new EndlessStream();
        Assert.Equal(SmfFault.FileTooLarge, Assert.Throws<SmfException>(() => SmfReader.Read(endless)).Fault);
        Assert.InRange(endless.BytesRead, SmfReader.MaxFileBytes, SmfReader.MaxFileBytes + 65536);
    }

    private sealed class EndlessStream : Stream
    {
        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            BytesRead += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
