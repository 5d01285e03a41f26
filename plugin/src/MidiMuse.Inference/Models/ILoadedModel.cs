namespace MidiMuse.Inference.Models;

/// <summary>A model whose graphs are in memory.</summary>
internal interface ILoadedModel : INoteEventModel, IDisposable;
