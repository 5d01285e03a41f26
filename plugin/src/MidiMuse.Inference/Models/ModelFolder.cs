using System.Security.Cryptography;
using System.Text.Json;

namespace MidiMuse.Inference.Models;

/// <summary>A folder with model.json and the files that it names, all checked.</summary>
public sealed class ModelFolder
{
    public const string DescriptionFile = "model.json";

    private ModelFolder(string path, ModelDescription description, string hash)
    {
        Path = path;
        Description = description;
        Hash = hash;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    public ModelDescription Description { get; }

    /// <summary>SHA-256 of model.json in lower-case hex. It covers the weights too, because their hashes stand in it.</summary>
    public string Hash { get; }

    /// <summary>Reads model.json and checks every file that it names.</summary>
    /// <exception cref="ModelException">Missing, Damaged or Unsupported.</exception>
    public static ModelFolder Open(string path)
    {
        var folder = Describe(path);
        folder.CheckFiles();
        return folder;
    }

    /// <summary>Reads model.json alone: enough to know which model it is. <see cref="CheckFiles"/> before its files are used.</summary>
    /// <exception cref="ModelException">Missing, Damaged or Unsupported.</exception>
    internal static ModelFolder Describe(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var json = Read(System.IO.Path.Combine(full, DescriptionFile));
        var description = Parse(json);
        CheckVersions(description);
        return new ModelFolder(full, description, Convert.ToHexStringLower(SHA256.HashData(json)));
    }

    /// <summary>Checks every file that model.json names; takes some milliseconds for each megabyte.</summary>
    /// <exception cref="ModelException">Missing or Damaged.</exception>
    internal void CheckFiles()
    {
        foreach (var (name, hash) in Description.Files)
            CheckFile(Path, name, hash);
    }

    /// <exception cref="ModelException">Unsupported: the model was trained for another vocabulary.</exception>
    internal void CheckVocabulary(int expected)
    {
        if (Description.Vocabulary != expected)
            throw new ModelException(ModelFault.Unsupported, $"The model {Description.Name} was trained for vocabulary {Description.Vocabulary}; this version speaks {expected}.");
    }

    /// <summary>Full path of a file that model.json names.</summary>
    /// <exception cref="ModelException">Damaged: it does not name the file.</exception>
    public string PathOf(string name) =>
        Description.Files.ContainsKey(name)
            ? System.IO.Path.Combine(Path, name)
            : throw new ModelException(ModelFault.Damaged, $"{DescriptionFile} of the model {Description.Name} does not name {name}.");

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelFault.Missing, $"The model's {DescriptionFile} cannot be read: {e.Message}", e);
        }
    }

    private static ModelDescription Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelDescriptionJson.Default.ModelDescription)
                ?? throw new ModelException(ModelFault.Damaged, $"{DescriptionFile} is empty.");
        }
        catch (JsonException e)
        {
            throw new ModelException(ModelFault.Damaged, $"{DescriptionFile} is no valid description of a model: {e.Message}", e);
        }
    }

    private static void CheckVersions(ModelDescription description)
    {
        if (description.Format != ModelDescription.CurrentFormat)
            throw new ModelException(ModelFault.Unsupported, $"The model has format {description.Format}; this version reads {ModelDescription.CurrentFormat}.");
        if (description.Name is null || description.Kind is null || description.Version is null || description.Files is null)
            throw new ModelException(ModelFault.Damaged, $"{DescriptionFile} lacks the model's name, kind, version or files.");
    }

    private static void CheckFile(string folder, string name, string expectedHash)
    {
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\', ':') >= 0)
            throw new ModelException(ModelFault.Damaged, $"{DescriptionFile} names a file outside its folder: {name}.");
        if (!string.Equals(HashOf(folder, name), expectedHash, StringComparison.OrdinalIgnoreCase))
            throw new ModelException(ModelFault.Damaged, $"{name} is damaged: its SHA-256 is not the one in {DescriptionFile}.");
    }

    private static string HashOf(string folder, string name)
    {
        try
        {
            using var stream = File.OpenRead(System.IO.Path.Combine(folder, name));
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelFault.Missing, $"The model's file {name} cannot be read: {e.Message}", e);
        }
    }
}
