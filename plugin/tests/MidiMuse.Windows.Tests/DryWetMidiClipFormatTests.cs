using MidiMuse.Core.Clips;
using MidiMuse.Core.Tests.Clips;
using MidiMuse.Windows.Clips;

namespace MidiMuse.Windows.Tests;

/// <summary>The conformance tests of the portable format, with DryWetMidi.</summary>
public sealed class DryWetMidiClipFormatTests : ClipFormatConformance
{
    protected override IClipFormat Format { get; } = new DryWetMidiClipFormat();
}
