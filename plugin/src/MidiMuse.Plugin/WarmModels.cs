using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Models;

namespace MidiMuse.Plugin;

/// <summary>
/// Keeps the models in memory for a while after the last instance has gone: a host that scans or reopens a project makes
/// the next one within seconds, and it opens at once then. Any thread.
/// </summary>
internal static class WarmModels
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(20);

    private static readonly Lock Gate = new();
    private static readonly Timer Release = new(static _ => LetGo());
    private static IDisposable[] _shares = [];

    /// <summary>To be called while the last instance still has its models, so that nothing is loaded for this.</summary>
    /// <param name="modelsDirectory">Holds a folder for each model.</param>
    public static void Keep(string modelsDirectory, Func<PatternComposer?> patterns)
    {
        lock (Gate)
        {
            if (_shares.Length == 0)
                _shares = Share(modelsDirectory, patterns);
            Release.Change(KeptFor, Timeout.InfiniteTimeSpan);
        }
    }

    private static IDisposable[] Share(string modelsDirectory, Func<PatternComposer?> patterns)
    {
        try
        {
            var first = SharedModel.Acquire(Path.Combine(modelsDirectory, ParameterTable.EngineModels[0].Folder));
            return patterns() is { } composer ? [first, composer] : [first];
        }
        catch (ModelException)
        {
            return []; // the next instance says what is wrong with it
        }
    }

    private static void LetGo()
    {
        lock (Gate)
        {
            foreach (var share in _shares)
                share.Dispose();
            _shares = [];
        }
    }
}
