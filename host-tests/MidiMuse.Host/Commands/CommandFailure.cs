using MidiMuse.Core.Audio;
using MidiMuse.Core.Smf;
using MidiMuse.Host.Loading;

namespace MidiMuse.Host.Commands;

/// <summary>Faults that a user can do something about become one line and an exit code.</summary>
internal static class CommandFailure
{
    internal static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception error) when (error is Vst3Exception or SmfException or WavException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
