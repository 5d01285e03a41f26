using MidiMuse.Inference.Lstm;

namespace MidiMuse.Inference.Models;

/// <summary>
/// A share in a model that is loaded once per process, however many instances use it. The last share or session
/// that is disposed unloads it. Every member may be called from any thread.
/// </summary>
public sealed class SharedModel : INoteEventModel, IDisposable
{
    private static readonly Lock Gate = new();

    private static readonly Dictionary<(string Path, string Hash), Loaded> Models = [];

    private readonly Loaded _loaded;

    private bool _disposed;

    private SharedModel(Loaded loaded) => _loaded = loaded;

    /// <summary>Number of models in memory.</summary>
    public static int LoadedCount
    {
        get
        {
            lock (Gate)
                return Models.Count;
        }
    }

    public ModelDescription Description => _loaded.Model.Description;

    public string Hash => _loaded.Model.Hash;

    /// <summary>Takes a share in the model of a folder and loads it if nobody has. Takes some 10 to 100 ms then.</summary>
    /// <exception cref="ModelException">The model cannot be used; nothing stays loaded.</exception>
    public static SharedModel Acquire(string folder)
    {
        var opened = ModelFolder.Describe(folder);
        // A folder whose model was replaced while it was in use is another model. Loading happens under the lock:
        // instances that a project opens at once wait for the first and then share its sessions.
        lock (Gate)
        {
            var key = (opened.Path, opened.Hash);
            if (!Models.TryGetValue(key, out var loaded))
            {
                // A model that is in memory was checked when it was loaded; further instances open at once.
                opened.CheckFiles();
                loaded = new Loaded(key, Load(opened));
                Models.Add(key, loaded);
            }
            loaded.Shares++;
            return new SharedModel(loaded);
        }
    }

    public NoteEventSession CreateSession()
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var session = _loaded.Model.CreateSession();
            _loaded.Shares++;
            session.KeepAlive(new SharedModel(_loaded));
            session.SlowDownForTests(ReadTestDelayMilliseconds());
            return session;
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (--_loaded.Shares > 0)
                return;
            Models.Remove(_loaded.Key);
            _loaded.Model.Dispose();
        }
    }

    /// <summary>
    /// Test aid: MIDIMUSE_TEST_MODEL_DELAY_MS makes every note event that a session reads take that many
    /// milliseconds longer, so that tests can show what a machine does that is too slow for the model. It is read
    /// here, when an instance's session is created, and nowhere else; loading a model is not slowed down.
    /// </summary>
    private static int ReadTestDelayMilliseconds() =>
        int.TryParse(Environment.GetEnvironmentVariable("MIDIMUSE_TEST_MODEL_DELAY_MS"), out var milliseconds)
            ? Math.Clamp(milliseconds, 0, 10_000)
            : 0;

    private static LstmModel Load(ModelFolder folder) => folder.Description.Kind switch
    {
        LstmModel.Kind => LstmModel.Load(folder),
        var kind => throw new ModelException(ModelFault.Unsupported, $"The model {folder.Description.Name} is of the kind {kind}, which this version does not know."),
    };

    private sealed class Loaded((string Path, string Hash) key, LstmModel model)
    {
        public (string Path, string Hash) Key { get; } = key;

        public LstmModel Model { get; } = model;

        public int Shares { get; set; }
    }
}
