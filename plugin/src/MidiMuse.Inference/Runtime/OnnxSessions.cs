using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Runtime;

/// <summary>Starts ONNX Runtime and opens sessions with the settings that a plugin inside a DAW needs.</summary>
internal static class OnnxSessions
{
    private static readonly Lock Gate = new();

    private static bool _started;

    /// <summary>Opens a graph on the CPU.</summary>
    /// <exception cref="ModelException">The runtime did not start or refused the graph.</exception>
    public static InferenceSession Open(string path) => Open(path, static _ => { });

    /// <summary>A device that opens graphs with a provider of the loaded library.</summary>
    /// <param name="adapter">As ONNX Runtime listed it, or null for the provider's adapter of that index.</param>
    public static Device DeviceOf(DeviceProvider provider, int index, string name, OrtEpDevice? adapter) =>
        new(provider, index, name, path => Open(path, options => Append(options, provider, index, adapter)));

    /// <summary>What ONNX Runtime's managed library throws, the failure to find its native half included.</summary>
    public static bool IsRuntimeFailure(Exception e) =>
        e is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or BadImageFormatException;

    /// <exception cref="ModelException">The library is missing, damaged or another version's.</exception>
    public static void Start()
    {
        lock (Gate)
        {
            if (_started)
                return;
            NativeRuntime.Install();
            var options = new EnvironmentCreationOptions
            {
                logId = "MidiMuse",
                // Warnings go to the host's stderr and are about graphs, not about anything a user can act on.
                logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            var environment = OrtEnv.CreateInstanceWithOptions(ref options);
            environment.DisableTelemetryEvents();
            _started = true;
        }
    }

    private static InferenceSession Open(string path, Action<SessionOptions> append)
    {
        try
        {
            Start();
            using var options = CreateOptions();
            append(options);
            return new InferenceSession(path, options);
        }
        catch (Exception e) when (IsRuntimeFailure(e))
        {
            throw new ModelException(ModelFault.RuntimeFailed, $"ONNX Runtime could not open {Path.GetFileName(path)}: {DriverErrors.InWords(Innermost(e).Message)}", e);
        }
    }

    /// <summary>Nodes that the provider lacks stay on the CPU. DirectML's rules, no memory pattern and sequential runs, hold for all sessions.</summary>
    private static void Append(SessionOptions options, DeviceProvider provider, int index, OrtEpDevice? adapter)
    {
        if (adapter is not null)
        {
            options.AppendExecutionProvider(OrtEnv.Instance(), [adapter], new Dictionary<string, string>());
            return;
        }
        switch (provider)
        {
            case DeviceProvider.DirectMl:
                options.AppendExecutionProvider_DML(index);
                break;
            case DeviceProvider.Cuda:
                options.AppendExecutionProvider_CUDA(index);
                break;
            case DeviceProvider.WebGpu:
                options.AppendExecutionProvider("WebGPU", new Dictionary<string, string>());
                break;
            case DeviceProvider.CoreMl:
                options.AppendExecutionProvider("CoreML", new Dictionary<string, string> { ["ModelFormat"] = "MLProgram" });
                break;
            case DeviceProvider.Cpu:
            default:
                break;
        }
    }

    private static SessionOptions CreateOptions()
    {
        var options = new SessionOptions
        {
            // The host owns the cores. A second thread gave no gain for these models and long tails.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            // Inputs and outputs are ours and bound once; what is left inside a step are a few buffers of some
            // kilobytes. The arena would keep a chunk of at least 1 MB for each of a model's graphs and never
            // return it, and a memory pattern is only made with an arena.
            EnableCpuMemArena = false,
            EnableMemoryPattern = false,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        // session.set_denormal_as_zero stays off: it changes the floating point mode of the calling thread,
        // which may be one of the host's.
        return options;
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
