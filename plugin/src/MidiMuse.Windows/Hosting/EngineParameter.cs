using AudioPlugSharp;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Windows.Hosting;

/// <summary>A parameter of the engine as AudioPlugSharp lists it: its value is the normalised one, its text the engine's.</summary>
internal sealed class EngineParameter : AudioPluginParameter
{
    /// <summary>The bridge copies the text into 128 UTF-16 units without looking (AudioPlugSharpController.cpp, 101).</summary>
    private const int LongestText = 120;

    public EngineParameter(ParameterDefinition definition)
    {
        Definition = definition;
        ID = definition.Key;
        Name = definition.Title;
        MinValue = 0;
        MaxValue = 1;
        DefaultValue = definition.DefaultNormalised;
    }

    public ParameterDefinition Definition { get; }

    public override string DisplayValue
    {
        get
        {
            var text = Definition.ToText(Math.Clamp(double.IsNaN(EditValue) ? 0 : EditValue, 0, 1));
            return text.Length <= LongestText ? text : text[..LongestText];
        }
    }

    /// <summary>Takes a value over without telling the host of an edit: NormalizedEditValue sets the field alone.</summary>
    public void Take(double normalised)
    {
        NormalizedProcessValue = normalised;
        NormalizedEditValue = normalised;
    }
}
