namespace MidiMuse.Inference.Models;

/// <summary>A model whose sessions lean towards what they are told: see <see cref="GuidedSession"/>.</summary>
/// <param name="guidance">1 is the model itself.</param>
public sealed class GuidedModel(INoteEventModel model, double guidance) : INoteEventModel
{
    public ModelDescription Description => model.Description;

    public string Hash => model.Hash;

    public NoteEventSession CreateSession() => guidance > 1 ? new GuidedSession(model, guidance) : model.CreateSession();
}
