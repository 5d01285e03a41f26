using System.Diagnostics;

namespace MidiMuse.RealHosts.Tests.Screens;

/// <summary>Waiting for what must happen, however slow the machine is.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private const int LookMilliseconds = 30;

    public static void Until(Func<bool> condition, Func<string> otherwise)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            if (waiting.Elapsed >= Limit)
                Assert.Fail(otherwise());
            Thread.Sleep(LookMilliseconds);
        }
    }

    /// <summary>Until a value has been the same for a while.</summary>
    public static void UntilStill<T>(Func<T> value, TimeSpan still, string what)
        where T : IEquatable<T>
    {
        var last = value();
        var since = Stopwatch.StartNew();
        Until(
            () =>
            {
                var now = value();
                if (!now.Equals(last))
                    since.Restart();
                last = now;
                return since.Elapsed >= still;
            },
            () => $"{what} does not come to rest");
    }
}
