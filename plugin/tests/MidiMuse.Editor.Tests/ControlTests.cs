using MidiMuse.Editor.Controls;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.Popups;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Tests;

/// <summary>Oracle: the gestures that VST3 hosts record as automation: begin, values, end, and nothing outside of them.</summary>
public sealed class ControlTests : IDisposable
{
    private readonly ViewFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    private SKPoint Knob => new(_fixture.Find("temperature").Bounds.Left + 20, _fixture.Find("temperature").Bounds.Top + 22);

    [Fact]
    public void A_drag_on_a_knob_is_one_gesture_with_growing_values()
    {
        _fixture.Drag(Knob, new SKPoint(Knob.X, Knob.Y - 40));
        Assert.Equal("begin temperature", _fixture.Log[0]);
        Assert.Equal("end temperature", _fixture.Log[^1]);
        var values = _fixture.Log[1..^1].Select(line => double.Parse(line.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(10, values.Length);
        Assert.Equal(values.Order(), values);
        Assert.InRange(values[^1], 0.9 + (1.9 * 40 / 160) - 0.02, 0.9 + (1.9 * 40 / 160) + 0.02);
    }

    [Fact]
    public void Shift_makes_a_drag_ten_times_finer()
    {
        _fixture.Drag(Knob, new SKPoint(Knob.X, Knob.Y - 40), Modifiers.Shift);
        Assert.InRange(ParameterTable.Find(ParameterId.Temperature)!.ToPlain(_fixture.Instance.Parameter(ParameterId.Temperature)), 0.94, 0.96);
    }

    [Fact]
    public void A_double_click_resets_and_leaves_no_gesture_open()
    {
        _fixture.Drag(Knob, new SKPoint(Knob.X, Knob.Y - 40));
        _fixture.Click(Knob, clicks: 2);
        Assert.Equal(ParameterTable.Find(ParameterId.Temperature)!.DefaultNormalised, _fixture.Instance.Parameter(ParameterId.Temperature), 9);
        Assert.Equal(_fixture.Log.Count(line => line.StartsWith("begin", StringComparison.Ordinal)), _fixture.Log.Count(line => line.StartsWith("end", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_value_can_be_typed()
    {
        _fixture.Click(new SKPoint(_fixture.Find("seed").Bounds.Left + 60, _fixture.Find("seed").Bounds.Top + 31));
        Assert.IsType<TextEntry>(_fixture.View.Popup);
        _fixture.Type("1234");
        Assert.True(_fixture.Press(EditorKey.Enter));
        Assert.Equal(["begin seed", "set seed 1234", "end seed"], _fixture.Log);
        Assert.Null(_fixture.View.Popup);
    }

    [Fact]
    public void Words_that_are_no_value_change_nothing()
    {
        _fixture.Click(new SKPoint(_fixture.Find("seed").Bounds.Left + 60, _fixture.Find("seed").Bounds.Top + 31));
        _fixture.Type("ten thousand");
        _fixture.Press(EditorKey.Enter);
        Assert.Empty(_fixture.Log);
    }

    [Fact]
    public void Escape_leaves_a_text_entry_without_a_change()
    {
        _fixture.Click(new SKPoint(_fixture.Find("seed").Bounds.Left + 60, _fixture.Find("seed").Bounds.Top + 31));
        _fixture.Type("77");
        _fixture.Press(EditorKey.Escape);
        Assert.Null(_fixture.View.Popup);
        Assert.Empty(_fixture.Log);
    }

    [Fact]
    public void The_wheel_steps_a_menu_and_a_knob()
    {
        var mode = _fixture.Centre("capture");
        _fixture.View.Wheel(new WheelInput(mode.X, mode.Y, 1));
        Assert.Equal(["begin capture", "set capture 4 bars", "end capture"], _fixture.Log);
        _fixture.Log.Clear();
        _fixture.View.Wheel(new WheelInput(Knob.X, Knob.Y, -1));
        Assert.Equal("set temperature 0.88", _fixture.Log[1]);
    }

    [Fact]
    public void A_menu_opens_by_click_and_sets_what_is_chosen()
    {
        _fixture.Click("mode");
        var menu = Assert.IsType<PopupMenu>(_fixture.View.Popup);
        var second = menu.AreaOf(1);
        _fixture.Click(new SKPoint(second.MidX, second.MidY));
        Assert.Equal(["begin mode", $"set mode {ParameterTable.Find(ParameterId.Mode)!.ToText(ParameterTable.Find(ParameterId.Mode)!.ToNormalised(1))}", "end mode"], _fixture.Log);
        Assert.Null(_fixture.View.Popup);
    }

    [Fact]
    public void Every_choice_of_the_longest_menu_lies_inside_the_view()
    {
        _fixture.Click("answerLength");
        var menu = Assert.IsType<PopupMenu>(_fixture.View.Popup);
        Assert.Equal(ParameterTable.LongestAnswerBars + 1, menu.Items.Count);
        for (var i = 0; i < menu.Items.Count; i++)
            Assert.True(new SKRect(0, 0, EditorView.DefaultWidth, EditorView.DefaultHeight).Contains(menu.AreaOf(i)), menu.Items[i].Text);
    }

    [Fact]
    public void A_momentary_parameter_is_on_exactly_while_it_is_pressed()
    {
        _fixture.Click("clear");
        Assert.Equal(["begin clear", "set clear On", "set clear Off", "end clear"], _fixture.Log);
    }

    [Fact]
    public void Arm_is_switched_by_a_click_and_by_the_keyboard()
    {
        _fixture.Click("arm");
        Assert.Equal(1, _fixture.Instance.Parameter(ParameterId.Arm));
        _fixture.Press(EditorKey.Space);
        Assert.Equal(0, _fixture.Instance.Parameter(ParameterId.Arm));
    }

    [Fact]
    public void Tab_reaches_every_control_of_the_page_once_and_comes_round()
    {
        var seen = new List<string>();
        do
        {
            _fixture.Press(EditorKey.Tab);
            seen.Add(_fixture.View.Context.Focused!.Name);
        }
        while (seen.Count < 100 && (seen.Count == 1 || seen[^1] != seen[0]));
        Assert.Equal(seen.Count - 1, seen.Distinct().Count());
        Assert.Contains("arm", seen);
        Assert.Contains("temperature", seen);
        Assert.Contains("roll", seen);
    }

    [Fact]
    public void A_right_click_offers_the_hosts_menu_only_where_there_is_one()
    {
        _fixture.Click("temperature", button: PointerButton.Right);
        Assert.DoesNotContain(Assert.IsType<PopupMenu>(_fixture.View.Popup).Items, item => item.Text.Contains("host", StringComparison.Ordinal));
        _fixture.Press(EditorKey.Escape);
        _fixture.Instance.HasHostMenu = true;
        _fixture.Click("temperature", button: PointerButton.Right);
        Assert.Contains(Assert.IsType<PopupMenu>(_fixture.View.Popup).Items, item => item.Text.Contains("host", StringComparison.Ordinal));
    }

    [Fact]
    public void The_hosts_menu_is_opened_for_the_parameter_that_was_clicked()
    {
        _fixture.Instance.HasHostMenu = true;
        _fixture.Click("temperature", button: PointerButton.Right);
        ChooseFromMenu("More from the host…");
        Assert.Equal(["host menu temperature"], _fixture.Log);
    }

    [Fact]
    public void A_controller_is_learned_cancelled_and_forgotten_from_the_menu()
    {
        _fixture.Click("temperature", button: PointerButton.Right);
        ChooseFromMenu("Learn a MIDI controller");
        var model = FakeInstance.Answered();
        _fixture.Instance.Model = model with { Instance = model.Instance with { Learning = ParameterId.Temperature, Controllers = [new Engine.Midi.ControllerMapping(0, 7, ParameterId.Temperature)] } };
        _fixture.Poll();
        _fixture.Click("temperature", button: PointerButton.Right);
        ChooseFromMenu("Stop learning");
        _fixture.Click("temperature", button: PointerButton.Right);
        ChooseFromMenu("Forget its controller");
        Assert.Equal(
            [$"LearnController {{ ParameterId = {ParameterId.Temperature} }}", "CancelLearning { }", $"ForgetController {{ ParameterId = {ParameterId.Temperature} }}"],
            _fixture.Log);
    }

    [Fact]
    public void Everything_that_can_be_pointed_at_says_what_it_is()
    {
        using var fixture = new ViewFixture(FakeInstance.WithCandidates());
        fixture.Instance.CanSay = true;
        foreach (var page in ControlGroups.All)
        {
            fixture.ShowPageOf(page.Parameters[0].Id);
            fixture.Draw();
            foreach (var element in fixture.View.Root.Visible().Where(element => element.IsFocusable && element is not (PianoRoll.PianoRollElement or TabButton)))
                Assert.True(element.Tooltip.Length > 0, $"{element.Name} has no tooltip");
        }
    }

    private void ChooseFromMenu(string text)
    {
        var menu = Assert.IsType<PopupMenu>(_fixture.View.Popup);
        var index = menu.Items.ToList().FindIndex(item => item.Text == text);
        Assert.True(index >= 0, $"the menu has no {text}: {string.Join(", ", menu.Items.Select(item => item.Text))}");
        var area = menu.AreaOf(index);
        _fixture.Click(new SKPoint(area.MidX, area.MidY));
    }

    [Fact]
    public void Automation_of_the_host_moves_the_control_but_not_the_one_that_is_held()
    {
        _fixture.Draw();
        _fixture.Instance.SetByHost(ParameterId.TopP, 0.5);
        _fixture.Poll();
        Assert.False(_fixture.View.Damage.IsEmpty);
        _fixture.View.PointerMove(new PointerInput(Knob.X, Knob.Y));
        _fixture.View.PointerDown(new PointerInput(Knob.X, Knob.Y));
        _fixture.View.PointerMove(new PointerInput(Knob.X, Knob.Y - 20));
        var held = _fixture.View.Context.Parameters.Normalised(ParameterId.Temperature);
        _fixture.Instance.SetByHost(ParameterId.Temperature, 0);
        _fixture.Poll();
        Assert.Equal(held, _fixture.View.Context.Parameters.Normalised(ParameterId.Temperature));
    }

    [Fact]
    public void Every_parameter_of_the_table_has_a_control_somewhere()
    {
        foreach (var definition in ParameterTable.All.Where(definition => !ControlGroups.IsElsewhere(definition)))
        {
            _fixture.ShowPageOf(definition.Id);
            var control = _fixture.View.Root.Visible().OfType<ParameterTile>().Single(tile => tile.Name == definition.Key);
            Assert.Same(control, _fixture.View.Root.Hit(control.Bounds.MidX, control.Bounds.MidY));
            Assert.NotEmpty(control.Tooltip);
        }
    }

    [Fact]
    public void A_page_with_more_controls_than_fit_is_scrolled()
    {
        _fixture.View.Resize(800, 560, 1);
        var last = ControlGroups.All[0].Parameters[^1].Key;
        Assert.DoesNotContain(_fixture.View.Root.Visible(), element => element.Name == last);
        while (_fixture.Find("controlsDown").IsFocusable)
            _fixture.Click("controlsDown");
        Assert.Contains(_fixture.View.Root.Visible(), element => element.Name == last);
        Assert.DoesNotContain(_fixture.View.Root.Visible(), element => element.Name == "mode");
    }

    [Fact]
    public void Plain_words_are_typed_and_the_reply_is_shown()
    {
        _fixture.Click("words");
        _fixture.Type("darker, in D minor");
        _fixture.Press(EditorKey.Enter);
        Assert.Equal(["say darker, in D minor"], _fixture.Log);
        _fixture.Instance.Reply = "understood: D minor; not understood: darker";
        _fixture.Poll();
        Assert.Equal(_fixture.Instance.Reply, _fixture.Find("words").Tooltip);
    }

    [Fact]
    public void A_drag_of_the_chip_hands_out_the_exported_file_once()
    {
        _fixture.Instance.ExportPath = "/tmp/answer.mid";
        _fixture.Drag(_fixture.Centre("drag"), new SKPoint(600, 300));
        Assert.Equal(["drag /tmp/answer.mid"], _fixture.Log);
    }
}
