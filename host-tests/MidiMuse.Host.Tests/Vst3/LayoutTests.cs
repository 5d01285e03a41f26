using System.Runtime.CompilerServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.Tests.Vst3;

/// <summary>Oracle: sizes and offsets that g++ 12 prints for the headers of SDK 3.7.2 on x86-64.</summary>
public sealed unsafe class LayoutTests
{
    [Fact]
    public void Structures_have_the_sizes_of_the_headers()
    {
        Assert.Equal(452, sizeof(PFactoryInfo));
        Assert.Equal(116, sizeof(PClassInfo));
        Assert.Equal(440, sizeof(PClassInfo2));
        Assert.Equal(276, sizeof(BusInfo));
        Assert.Equal(24, sizeof(ProcessSetup));
        Assert.Equal(24, sizeof(AudioBusBuffers));
        Assert.Equal(80, sizeof(ProcessData));
        Assert.Equal(112, sizeof(ProcessContext));
        Assert.Equal(48, sizeof(Event));
        Assert.Equal(20, sizeof(NoteOnEvent));
        Assert.Equal(16, sizeof(NoteOffEvent));
        Assert.Equal(792, sizeof(ParameterInfo));
    }

    [Fact]
    public void Members_stand_where_the_headers_put_them()
    {
        PClassInfo2 pClassInfo2 = default;
        BusInfo busInfo = default;
        ProcessSetup processSetup = default;
        ProcessData processData = default;
        ProcessContext processContext = default;
        Event midiEvent = default;
        NoteOnEvent noteOnEvent = default;
        NoteOffEvent noteOffEvent = default;
        ParameterInfo parameterInfo = default;
        Assert.Equal(120, Offset(&pClassInfo2, &pClassInfo2.SubCategories));
        Assert.Equal(312, Offset(&pClassInfo2, &pClassInfo2.Version));
        Assert.Equal(268, Offset(&busInfo, &busInfo.BusType));
        Assert.Equal(16, Offset(&processSetup, &processSetup.SampleRate));
        Assert.Equal(24, Offset(&processData, &processData.Inputs));
        Assert.Equal(72, Offset(&processData, &processData.ProcessContext));
        Assert.Equal(8, Offset(&processContext, &processContext.SampleRate));
        Assert.Equal(40, Offset(&processContext, &processContext.ProjectTimeMusic));
        Assert.Equal(72, Offset(&processContext, &processContext.Tempo));
        Assert.Equal(80, Offset(&processContext, &processContext.TimeSigNumerator));
        Assert.Equal(104, Offset(&processContext, &processContext.SamplesToNextClock));
        Assert.Equal(8, Offset(&midiEvent, &midiEvent.PpqPosition));
        Assert.Equal(18, Offset(&midiEvent, &midiEvent.Type));
        Assert.Equal(24, Offset(&midiEvent, &midiEvent.NoteOn));
        Assert.Equal(16, Offset(&noteOnEvent, &noteOnEvent.NoteId));
        Assert.Equal(8, Offset(&noteOffEvent, &noteOffEvent.NoteId));
        Assert.Equal(772, Offset(&parameterInfo, &parameterInfo.StepCount));
        Assert.Equal(776, Offset(&parameterInfo, &parameterInfo.DefaultNormalizedValue));
        Assert.Equal(788, Offset(&parameterInfo, &parameterInfo.Flags));
    }

    [Fact]
    public void An_id_has_the_byte_order_of_its_system()
    {
        var expected = OperatingSystem.IsWindows() ? "2C82C888B4D64112DFD0A0C90E0D0F10" : "88C8822C4112B4D6DFD0A0C90E0D0F10";
        Assert.Equal(expected, new Tuid(0x88C8822C, 0x4112B4D6, 0xDFD0A0C9, 0x0E0D0F10).ToString());
    }

    [Fact]
    public void A_string_keeps_its_terminator_inside()
    {
        String128 text = default;
        text.Set(new string('x', 300));
        Assert.Equal(256, Unsafe.SizeOf<String128>());
        Assert.Equal(new string('x', 127), text.ToString());
    }

    private static long Offset(void* structure, void* member) => (byte*)member - (byte*)structure;
}
