using MidiMuse.Editor.Elements;
using MidiMuse.Engine;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Advice;

/// <summary>One line for each state: what to do now.</summary>
internal static class GuidanceText
{
    public static string Of(EditorContext context)
    {
        var instance = context.Model.Instance;
        if (instance.Learning is not null)
            return "Move the controller that shall move this control.";
        return instance.Guidance switch
        {
            Guidance.NoModel => instance.Problem ?? "There is no model: your MIDI passes through.",
            Guidance.Bypassed => "Bypassed: your playing passes through. Switch Bypass off to get answers.",
            Guidance.SwitchArmOn => "Switch Arm on, start the transport and play a motif.",
            Guidance.StartTransport => "Armed. Start the transport, then play a motif.",
            Guidance.PlayMotif when !context.Transport.Playing => "Armed. Start the transport, then play a motif.",
            Guidance.PlayMotif => "Play a motif. The first note starts the capture at its bar line.",
            Guidance.GoOnPlaying => "Go on playing. The answer begins on the bar line after your motif.",
            Guidance.Listen => "Listen. Whatever you like you can drag out as a clip, now or later.",
            _ when context.Parameters.IsOn(ParameterId.Arm) => "Drag the answer to a track or the desktop, choose another one, or start the transport and play the next motif.",
            _ => "Drag the answer to a track or the desktop, choose another one, or arm and play the next motif.",
        };
    }
}
