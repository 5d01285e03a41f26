namespace MidiMuse.Inference.Models;

/// <summary>Why a model cannot be used.</summary>
public enum ModelFault
{
    /// <summary>The folder, model.json or a file that model.json names does not exist or cannot be read.</summary>
    Missing,

    /// <summary>model.json is no valid description, or a file's SHA-256 is not the one it names.</summary>
    Damaged,

    /// <summary>Made for another format, vocabulary or kind of model than this version knows.</summary>
    Unsupported,

    /// <summary>A graph's inputs or outputs are not what its kind of model needs.</summary>
    GraphMismatch,

    /// <summary>ONNX Runtime did not start, refused a graph, failed in a run or gave numbers that are not finite.</summary>
    RuntimeFailed,
}

/// <summary>A model cannot be used. The message is a sentence for the user.</summary>
public sealed class ModelException : Exception
{
    public ModelException()
    {
    }

    public ModelException(string message)
        : base(message)
    {
    }

    public ModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ModelException(ModelFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    public ModelFault Fault { get; }
}
