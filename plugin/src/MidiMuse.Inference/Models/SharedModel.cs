using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Lstm;
using MidiMuse.Inference.Runtime;
using MidiMuse.Inference.Transformer;

namespace MidiMuse.Inference.Models;

/// <summary>
/// A share in a model that is loaded once per process, however many instances use it. The last share or session
/// that is disposed unloads it. Every member may be called from any thread.
/// </summary>
public sealed class SharedModel : INoteEventModel, IDisposable
{
    private static readonly Lock Gate = new();

    private static readonly Dictionary<(string Path, string Hash, Device Device), Loaded> Models = [];

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

    /// <summary>Full path of the folder that it was loaded from.</summary>
    public string FolderPath => _loaded.Key.Path;

    /// <summary>What its graphs were opened on.</summary>
    public Device Device => _loaded.Key.Device;

    /// <summary>Why the device does not run the graphs any more and the CPU does, or null.</summary>
    public string? DeviceFailure => _loaded.Device.Failure;

    /// <summary>Takes a share in the model of a folder, on the CPU, and loads it if nobody has. Takes some 10 to 100 ms then.</summary>
    /// <exception cref="ModelException">The model cannot be used; nothing stays loaded.</exception>
    public static SharedModel Acquire(string folder) => Acquire(folder, Device.Cpu);

    /// <summary>The same on a device; a graphics driver may take seconds.</summary>
    /// <exception cref="ModelException">The model cannot be used, or not on this device; nothing stays loaded.</exception>
    public static SharedModel Acquire(string folder, Device device)
    {
        var opened = ModelFolder.Describe(folder);
        // A folder whose model was replaced while it was in use is another model.
        var key = (opened.Path, opened.Hash, device);
        lock (Gate)
        {
            if (Models.TryGetValue(key, out var loaded))
                return ShareOf(loaded);
            // On the CPU, loading happens under the lock: instances that a project opens at once wait for the first
            // and then share its sessions.
            if (device.IsCpu)
                return LoadAndShare(opened, key);
        }
        // A graphics driver may take seconds, which nobody else shall wait for.
        return LoadAndShare(opened, key);
    }

    /// <summary>One more share in the same model.</summary>
    public SharedModel Share()
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return ShareOf(_loaded);
        }
    }

    public NoteEventSession CreateSession()
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var session = _loaded.Model.CreateSession();
            session.KeepAlive(ShareOf(_loaded));
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

    /// <summary>Loads a model, unless somebody else was faster, and takes a share in it.</summary>
    private static SharedModel LoadAndShare(ModelFolder folder, (string Path, string Hash, Device Device) key)
    {
        // A model that is in memory was checked when it was loaded; further instances open at once.
        folder.CheckFiles();
        var device = new ModelDevice(key.Device);
        var loaded = new Loaded(key, device, Load(folder, device));
        lock (Gate)
        {
            if (Models.TryAdd(key, loaded))
                return ShareOf(loaded);
            loaded.Model.Dispose();
            return ShareOf(Models[key]);
        }
    }

    private static SharedModel ShareOf(Loaded loaded)
    {
        lock (Gate)
        {
            loaded.Shares++;
            return new SharedModel(loaded);
        }
    }

    private static ILoadedModel Load(ModelFolder folder, ModelDevice device) => folder.Description.Kind switch
    {
        LstmModel.Kind => LstmModel.Load(folder, device),
        TransformerModel.Kind => TransformerModel.Load(folder, device),
        var kind => throw new ModelException(ModelFault.Unsupported, $"The model {folder.Description.Name} is of the kind {kind}, which this version does not know."),
    };

    private sealed class Loaded((string Path, string Hash, Device Device) key, ModelDevice device, ILoadedModel model)
    {
        public (string Path, string Hash, Device Device) Key { get; } = key;

        public ModelDevice Device { get; } = device;

        public ILoadedModel Model { get; } = model;

        public int Shares { get; set; }
    }
}
