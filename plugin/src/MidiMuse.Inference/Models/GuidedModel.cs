namespace MidiMuse.Inference.Models;

/// <summary>A model whose sessions lean towards what they are told: see <see cref="GuidedSession"/>.</summary>
/// <param name="guidance">1 is the model itself.</param>
public sealed class GuidedModel(INoteEventModel model, double guidance) : INoteEventModel
{
    /// <summary>Of the plugin's control (plugin/docs/decisions/consensus-and-guidance.md).</summary>
    public const double DefaultGuidance = 1.5;

    public ModelDescription Description => model.Description;

    public string Hash => model.Hash;

    public NoteEventSession CreateSession() => guidance > 1 ? new GuidedSession(model, guidance) : model.CreateSession();
}
