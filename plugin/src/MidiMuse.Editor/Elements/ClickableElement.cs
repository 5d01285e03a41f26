using MidiMuse.Editor.Input;

namespace MidiMuse.Editor.Elements;

/// <summary>Acts on a left click, and on Enter or Space while it has the focus. [ui]</summary>
internal abstract class ClickableElement(EditorContext context) : Element(context)
{
    public override bool IsFocusable => true;

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button == PointerButton.Left)
            Act();
    }

    public override bool OnKey(in KeyInput input)
    {
        if (input.Key is not (EditorKey.Enter or EditorKey.Space))
            return false;
        Act();
        return true;
    }

    protected abstract void Act();
}
