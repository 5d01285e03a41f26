namespace MidiMuse.Engine.Planning;

/// <summary>What the bars of an answer are made of; choices of the parameter of this name.</summary>
public enum Material
{
    /// <summary>The model goes on where the motif ends.</summary>
    Continuation = 0,

    /// <summary>The motif's bars come back varied (VAE).</summary>
    Variation = 1,

    /// <summary>The motif's bars on the way to another motif (VAE).</summary>
    Morph = 2,

    /// <summary>Some bars are proposed from the bar before them (GAN), and the model goes on from there.</summary>
    Surprise = 3,
}
