namespace MidiMuse.Host.Commands;

/// <summary>What the terminal can show.</summary>
internal static class Terminal
{
    private const int WidthOfAFile = 120;

    internal static int Width
    {
        get
        {
            if (Console.IsOutputRedirected)
                return WidthOfAFile;
            try
            {
                return Console.WindowWidth > 0 ? Console.WindowWidth : WidthOfAFile;
            }
            catch (IOException)
            {
                return WidthOfAFile;
            }
        }
    }

    /// <summary>Colours only where a person looks, and where nobody asked for none (https://no-color.org).</summary>
    internal static bool HasColour => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
