using MidiMuse.Inference.Devices;

namespace MidiMuse.Inference.Models;

/// <summary>
/// A share in a model that is loaded once per process, however many instances use it. The last share or session
/// that is disposed unloads it. Every member may be called from any thread.
/// </summary>
public sealed class SharedModel : INoteEventModel, IDisposable
{
    private static readonly ModelShares<PlacedModel> Models = new(PlacedModel.Load);

    private readonly ModelShares<PlacedModel>.Share _share;

    private SharedModel(ModelShares<PlacedModel>.Share share) => _share = share;

    /// <summary>Number of models in memory.</summary>
    public static int LoadedCount => Models.Count;

    public ModelDescription Description => _share.Model.Model.Description;

    public string Hash => _share.Model.Model.Hash;

    /// <summary>Full path of the folder that it was loaded from.</summary>
    public string FolderPath => _share.FolderPath;

    /// <summary>What its graphs were opened on.</summary>
    public Device Device => _share.Device;

    /// <summary>Why the device does not run the graphs any more and the CPU does, or null.</summary>
    public string? DeviceFailure => _share.Model.Failure;

    /// <summary>Takes a share in the model of a folder, on the CPU, and loads it if nobody has. Takes some 10 to 100 ms then.</summary>
    /// <exception cref="ModelException">The model cannot be used; nothing stays loaded.</exception>
    public static SharedModel Acquire(string folder) => Acquire(folder, Device.Cpu);

    /// <summary>The same on a device; a graphics driver may take seconds.</summary>
    /// <exception cref="ModelException">The model cannot be used, or not on this device; nothing stays loaded.</exception>
    public static SharedModel Acquire(string folder, Device device) => new(Models.Acquire(folder, device));

    /// <summary>One more share in the same model.</summary>
    public SharedModel Share() => new(_share.Again());

    public NoteEventSession CreateSession()
    {
        var share = _share.Again();
        try
        {
            var session = share.Model.Model.CreateSession();
            session.KeepAlive(share);
            session.SlowDownForTests(ReadTestDelayMilliseconds());
            return session;
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    public void Dispose() => _share.Dispose();

    /// <summary>
    /// Test aid: MIDIMUSE_TEST_MODEL_DELAY_MS makes every note event that a session reads take that many
    /// milliseconds longer, so that tests can show what a machine does that is too slow for the model. It is read
    /// here, when an instance's session is created, and nowhere else; loading a model is not slowed down.
    /// </summary>
    private static int ReadTestDelayMilliseconds() =>
        int.TryParse(Environment.GetEnvironmentVariable("MIDIMUSE_TEST_MODEL_DELAY_MS"), out var milliseconds)
            ? Math.Clamp(milliseconds, 0, 10_000)
            : 0;
}
