namespace MidiMuse.Inference.Models;

/// <summary>
/// Models of one kind that are loaded once per process, however many instances use them. The last share that is given
/// back unloads a model. Every member may be called from any thread.
/// </summary>
internal sealed class ModelShares<TModel>
    where TModel : class, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Path, string Hash), Entry> _models = [];
    private readonly Func<ModelFolder, TModel> _load;

    public ModelShares(Func<ModelFolder, TModel> load) => _load = load;

    /// <summary>Takes a share, and loads the model if nobody has.</summary>
    /// <exception cref="ModelException">The model cannot be used; nothing stays loaded.</exception>
    public Share Acquire(string folder)
    {
        var opened = ModelFolder.Describe(folder);
        var key = (opened.Path, opened.Hash);
        lock (_gate)
        {
            if (!_models.TryGetValue(key, out var entry))
            {
                opened.CheckFiles();
                entry = new Entry(_load(opened));
                _models.Add(key, entry);
            }
            entry.Shares++;
            return new Share(this, key, entry.Model);
        }
    }

    private void Release((string Path, string Hash) key)
    {
        lock (_gate)
        {
            var entry = _models[key];
            if (--entry.Shares > 0)
                return;
            _models.Remove(key);
            entry.Model.Dispose();
        }
    }

    public sealed class Share : IDisposable
    {
        private readonly ModelShares<TModel> _owner;
        private readonly (string Path, string Hash) _key;
        private int _isDisposed;

        internal Share(ModelShares<TModel> owner, (string Path, string Hash) key, TModel model)
        {
            _owner = owner;
            _key = key;
            Model = model;
        }

        public TModel Model { get; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                _owner.Release(_key);
        }
    }

    private sealed class Entry(TModel model)
    {
        public TModel Model { get; } = model;

        public int Shares { get; set; }
    }
}
