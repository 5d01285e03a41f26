using MidiMuse.Core.Originality;
using MidiMuse.Engine;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Originality;
using MidiMuse.Inference.Runtime;
using MidiMuse.Plugin.Abi;

namespace MidiMuse.Plugin;

/// <summary>
/// The instances of this process. What the bridge holds is a number, not a pointer, so that a stale or made-up one
/// is an error and not a crash.
/// </summary>
internal static unsafe class Instances
{
    /// <summary>A folder for each model, beside the library.</summary>
    private const string ModelsPath = "models";

    /// <summary>The models of variation and morph, and of surprise.</summary>
    private const string VaePath = "models/vae";

    private const string GanPath = "models/gan";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<nint, EngineInstance> ByHandle = [];
    private static nint _lastHandle;
    private static Lazy<OriginalityIndex?>? _trainingMusic;

    /// <summary>The last thing that went wrong outside of an instance.</summary>
    public static string LibraryProblem { get; set; } = "";

    /// <summary>Where the bundle's libraries lie; known once an instance was made.</summary>
    public static string BundleDirectory { get; private set; } = "";

    public static nint Create(string bundleDirectory, AbiShared* shared)
    {
        BundleDirectory = bundleDirectory;
        var model = TryLoadModel(bundleDirectory, out var problem);
        var engine = new EngineInstance(new SharedMemoryLink(shared), model, problem) { TrainingMusicFile = TrainingMusic(bundleDirectory) };
        lock (Gate)
        {
            var handle = ++_lastHandle;
            ByHandle.Add(handle, engine);
            return handle;
        }
    }

    public static EngineInstance? Find(nint handle)
    {
        lock (Gate)
            return ByHandle.GetValueOrDefault(handle);
    }

    public static AbiResult Destroy(nint handle)
    {
        EngineInstance? engine;
        bool isLast;
        lock (Gate)
        {
            if (!ByHandle.Remove(handle, out engine))
                return AbiResult.InvalidArgument;
            isLast = ByHandle.Count == 0;
        }
        if (isLast && engine.HasModel)
            WarmModels.Keep(Path.Combine(BundleDirectory, ModelsPath), () => TryLoadPatterns(BundleDirectory));
        engine.Dispose();
        return AbiResult.Ok;
    }

    public static string Problem(nint handle) => handle == 0 ? LibraryProblem : Find(handle)?.Snapshot().Problem ?? "";

    /// <summary>Shared by all instances, and read only when a clip wants to know how original it is.</summary>
    private static Lazy<OriginalityIndex?> TrainingMusic(string bundleDirectory)
    {
        lock (Gate)
            return _trainingMusic ??= new Lazy<OriginalityIndex?>(() => TryLoadOriginality(Path.Combine(bundleDirectory, ModelsPath, "originality")));
    }

    /// <summary>A clip without a word on its originality is better than none.</summary>
    private static OriginalityIndex? TryLoadOriginality(string folder)
    {
        try
        {
            return OriginalityFolder.Load(folder);
        }
        catch (ModelException)
        {
            return null;
        }
    }

    /// <summary>No model is a reason to pass MIDI through and say why, not to fail.</summary>
    private static ModelChoice? TryLoadModel(string bundleDirectory, out string? problem)
    {
        problem = null;
        try
        {
            NativeRuntime.UseDirectory(bundleDirectory);
            return ModelChoice.Open(Path.Combine(bundleDirectory, ModelsPath), TryLoadPatterns(bundleDirectory));
        }
#pragma warning disable CA1031 // Whatever keeps the model from loading, the player's project must open.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>Without them every material is a continuation, and the library says why.</summary>
    private static PatternComposer? TryLoadPatterns(string bundleDirectory)
    {
        try
        {
            return PatternComposer.Load(Path.Combine(bundleDirectory, VaePath), Path.Combine(bundleDirectory, GanPath));
        }
        catch (ModelException exception)
        {
            LibraryProblem = exception.Message;
            return null;
        }
    }
}
