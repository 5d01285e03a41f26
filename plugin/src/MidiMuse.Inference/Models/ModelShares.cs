using MidiMuse.Inference.Devices;

namespace MidiMuse.Inference.Models;

/// <summary>
/// Models of one kind that are loaded once per process and device, however many instances use them. The last share that
/// is given back unloads a model. Every member may be called from any thread.
/// </summary>
internal sealed class ModelShares<TModel>
    where TModel : class, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Path, string Hash, Device Device), Entry> _models = [];
    private readonly Func<ModelFolder, Device, TModel> _load;

    public ModelShares(Func<ModelFolder, Device, TModel> load) => _load = load;

    /// <summary>Number of models in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _models.Count;
        }
    }

    /// <summary>Takes a share, and loads the model if nobody has.</summary>
    /// <exception cref="ModelException">The model cannot be used, or not on this device; nothing stays loaded.</exception>
    public Share Acquire(string folder, Device device)
    {
        var opened = ModelFolder.Describe(folder);
        // A folder whose model was replaced while it was in use is another model.
        var key = (opened.Path, opened.Hash, device);
        lock (_gate)
        {
            if (_models.TryGetValue(key, out var entry))
                return ShareOf(entry);
            // On the CPU, loading happens under the lock: instances that a project opens at once wait for the first
            // and then share its sessions.
            if (device.IsCpu)
                return LoadAndShare(opened, key);
        }
        // A graphics driver may take seconds, which nobody else shall wait for.
        return LoadAndShare(opened, key);
    }

    /// <summary>Loads a model, unless somebody else was faster, and takes a share in it.</summary>
    private Share LoadAndShare(ModelFolder folder, (string Path, string Hash, Device Device) key)
    {
        // A model that is in memory was checked when it was loaded; further instances open at once.
        folder.CheckFiles();
        var loaded = new Entry(key, _load(folder, key.Device));
        lock (_gate)
        {
            if (_models.TryAdd(key, loaded))
                return ShareOf(loaded);
            loaded.Model.Dispose();
            return ShareOf(_models[key]);
        }
    }

    private Share ShareOf(Entry entry)
    {
        lock (_gate)
        {
            entry.Shares++;
            return new Share(this, entry);
        }
    }

    private void Release(Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Shares > 0)
                return;
            _models.Remove(entry.Key);
            entry.Model.Dispose();
        }
    }

    public sealed class Share : IDisposable
    {
        private readonly ModelShares<TModel> _owner;
        private readonly Entry _entry;
        private bool _isDisposed;

        internal Share(ModelShares<TModel> owner, Entry entry) => (_owner, _entry) = (owner, entry);

        public TModel Model => _entry.Model;

        public Device Device => _entry.Key.Device;

        /// <summary>Full path of the folder that the model was loaded from.</summary>
        public string FolderPath => _entry.Key.Path;

        /// <summary>One more share in the same model.</summary>
        public Share Again()
        {
            lock (_owner._gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _owner.ShareOf(_entry);
            }
        }

        public void Dispose()
        {
            lock (_owner._gate)
            {
                if (_isDisposed)
                    return;
                _isDisposed = true;
                _owner.Release(_entry);
            }
        }
    }

    internal sealed class Entry((string Path, string Hash, Device Device) key, TModel model)
    {
        public (string Path, string Hash, Device Device) Key { get; } = key;

        public TModel Model { get; } = model;

        public int Shares { get; set; }
    }
}
