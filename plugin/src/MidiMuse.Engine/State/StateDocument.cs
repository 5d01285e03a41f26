using System.Text.Json;
using System.Text.Json.Serialization;

namespace MidiMuse.Engine.State;

/// <summary>
/// What a project keeps of an instance: UTF-8 JSON. Members that this version does not know are kept and written
/// back, so that a project survives a visit to an older version.
/// </summary>
public sealed class StateDocument
{
    /// <summary>2: choices are kept as plain numbers as well, because a list that grows changes what a normalised value means.</summary>
    public const int CurrentFormat = 2;

    public const string ProductName = "MidiMuse";

    public string? Product { get; set; }

    public int Format { get; set; }

    /// <summary>Parameter key and normalised value.</summary>
    public Dictionary<string, double>? Parameters { get; set; }

    /// <summary>Parameter key and plain value of the stepped ones; goes before <see cref="Parameters"/>.</summary>
    public Dictionary<string, double>? Choices { get; set; }

    /// <summary>Settings that are words, by the keys of TextTable.</summary>
    public Dictionary<string, string>? Texts { get; set; }

    public MotifDocument? Motif { get; set; }

    public List<BarDocument>? Answer { get; set; }

    /// <summary>Name and hash of the model that made the answer.</summary>
    public string? Model { get; set; }

    /// <summary>Notes of the answer that stay when it is made anew.</summary>
    public List<NoteDocument>? Locked { get; set; }

    /// <summary>How often the answer was made anew, as a whole and in parts.</summary>
    public int Takes { get; set; }

    public int Edits { get; set; }

    /// <summary>The answer was taken as a clip and is not played.</summary>
    public bool Muted { get; set; }

    public List<HistoryDocument>? History { get; set; }

    public List<ControllerDocument>? Controllers { get; set; }

    public List<TempoDocument>? Tempos { get; set; }

    /// <summary>Bytes of an earlier state that could not be read, in base64: nothing is thrown away.</summary>
    public byte[]? Unreadable { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A motif in project ppq.</summary>
public sealed class MotifDocument
{
    public double Start { get; set; }

    public double End { get; set; }

    public int Numerator { get; set; }

    public int Denominator { get; set; }

    public List<NoteDocument>? Notes { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed class BarDocument
{
    public double Start { get; set; }

    public double End { get; set; }

    public string? Origin { get; set; }

    public double LogLikelihood { get; set; }

    public List<NoteDocument>? Notes { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed class HistoryDocument
{
    public int Id { get; set; }

    public string? Title { get; set; }

    public bool Favourite { get; set; }

    public MotifDocument? Motif { get; set; }

    public List<BarDocument>? Bars { get; set; }

    /// <summary>Parameter key and plain value.</summary>
    public Dictionary<string, double>? Settings { get; set; }

    public Dictionary<string, string>? Texts { get; set; }

    public string? Model { get; set; }

    public int Candidate { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed class ControllerDocument
{
    public int Channel { get; set; }

    public int Controller { get; set; }

    /// <summary>Key of the parameter.</summary>
    public string? Parameter { get; set; }
}

public sealed class TempoDocument
{
    public double At { get; set; }

    public double Bpm { get; set; }
}

public sealed class NoteDocument
{
    public double On { get; set; }

    public double Off { get; set; }

    public int Pitch { get; set; }

    public int Velocity { get; set; }

    public int Channel { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StateDocument))]
public sealed partial class StateJson : JsonSerializerContext;
