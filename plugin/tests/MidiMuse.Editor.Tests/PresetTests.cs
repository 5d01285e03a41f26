using MidiMuse.Core.Originality;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.Popups;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Tests;

/// <summary>Oracle: FactoryPrograms, and the player's own files.</summary>
public sealed class PresetTests : IDisposable
{
    private readonly ViewFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void The_list_has_the_factorys_programs_and_the_players_own()
    {
        _fixture.Instance.Presets.AddRange(["Dark bass", "Waltz"]);
        _fixture.Click("presets");
        var items = Menu.Items.Where(item => item.Run is not null).Select(item => item.Text).ToArray();
        Assert.Equal([.. FactoryPrograms.All.Select(program => program.Name), "Dark bass", "Waltz", "Save as another…"], items);
        Choose("Waltz");
        Assert.Equal(["load Waltz"], _fixture.Log);
    }

    [Fact]
    public void A_factory_program_is_chosen_through_the_host()
    {
        _fixture.Click("presets");
        Choose(FactoryPrograms.All[1].Name);
        Assert.Equal(["begin program", $"set program {FactoryPrograms.All[1].Name}", "end program"], _fixture.Log);
    }

    [Fact]
    public void Settings_are_saved_under_a_name_and_are_in_the_list_from_then_on()
    {
        _fixture.Click("presets");
        Choose("Save these settings…");
        _fixture.Type("Mine");
        _fixture.Press(EditorKey.Enter);
        Assert.Equal(["Mine"], _fixture.Instance.Presets);
        _fixture.Click("presets");
        Assert.Contains(Menu.Items, item => item.Text == "Mine");
    }

    [Theory]
    [InlineData("Waltz", "Waltz.json")]
    [InlineData("a/b", "a b.json")]
    [InlineData("../../etc", "etc.json")]
    [InlineData("///", "Preset.json")]
    public void A_presets_name_never_leaves_the_folder(string name, string file)
    {
        Assert.Equal(Path.Combine(PresetFolder.FolderPath, file), PresetFolder.FileOf(name));
    }

    [Fact]
    public void The_originality_gauge_shows_what_was_measured_and_says_what_it_means()
    {
        Assert.DoesNotContain(_fixture.View.Root.Visible(), element => element.Name == "originality");
        var report = new OriginalityReport(20, 5, 0.1, 3, 4, 0.2, 0.95);
        _fixture.Instance.Model = FakeInstance.Answered() with { Originality = new AnswerOriginality(report, "longest run 5 notes, nearest A Waltz") };
        _fixture.Poll();
        var gauge = _fixture.Find("originality");
        Assert.Contains("nine tenths", gauge.Tooltip, StringComparison.Ordinal);
        Assert.Contains("A Waltz", gauge.Tooltip, StringComparison.Ordinal);
    }

    private PopupMenu Menu => Assert.IsType<PopupMenu>(_fixture.View.Popup);

    private void Choose(string text)
    {
        var menu = Menu;
        var index = menu.Items.ToList().FindIndex(item => item.Text == text && item.Run is not null);
        var area = menu.AreaOf(index);
        _fixture.Click(new SKPoint(area.MidX, area.MidY));
    }
}
