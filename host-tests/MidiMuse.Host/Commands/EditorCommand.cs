using System.CommandLine;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Originality;
using MidiMuse.Editor;
using MidiMuse.Editor.Drawing;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Pictures;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Originality;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Host.Commands;

/// <summary>`editor`: the editor in a window of its own, or pictures of it, drawn without a display.</summary>
internal sealed class EditorCommand
{
    private readonly Argument<FileInfo?> _motif = new("MOTIF.mid") { Description = "MIDI file with the motif; an example by default.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<FileInfo?> _screenshot = new("--screenshot") { Description = "PNG file to draw the editor into." };
    private readonly Option<EditorState> _state = new("--state") { Description = "Which moment of a session to draw.", DefaultValueFactory = _ => EditorState.Answering };
    private readonly Option<ThemeKind> _theme = new("--theme") { Description = "Dark or light." };
    private readonly Option<double> _scale = new("--scale") { Description = "Physical pixels a logical one: 1 is 100 %.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _size = new("--size") { Description = "Logical pixels, WIDTHxHEIGHT.", DefaultValueFactory = _ => $"{EditorView.DefaultWidth}x{EditorView.DefaultHeight}" };
    private readonly Option<int> _bars = new("--bars") { Description = "Bars of answer.", DefaultValueFactory = _ => 4 };
    private readonly Option<string> _host = new("--host") { Description = "Name of the host that the guidance is for.", DefaultValueFactory = _ => "" };
    private readonly Option<DirectoryInfo?> _all = new("--all") { Description = "Folder to draw the pictures of the documentation into." };

    internal static Command Create() => new EditorCommand().ToCommand();

    private Command ToCommand()
    {
        _scale.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is < 0.5 or > 4)
                result.AddError("--scale is 0.5 to 4.");
        });
        _size.Validators.Add(result =>
        {
            if (!TryParseSize(result.GetValueOrDefault<string>()!, out _, out _))
                result.AddError("--size is WIDTHxHEIGHT, such as 1200x700.");
        });
        var command = new Command("editor", "Opens the editor in a window, with the answer to a motif in it; with --screenshot or --all draws it without a display.") { _motif, _screenshot, _state, _theme, _scale, _size, _bars, _host, _all };
        command.SetAction(result => CommandFailure.Guard(() => Run(result)));
        return command;
    }

    private int Run(ParseResult arguments)
    {
        var motif = ReadMotif(arguments.GetValue(_motif));
        if (arguments.GetValue(_all) is { } folder)
        {
            folder.Create();
            foreach (var picture in DocumentationPictures.All)
                Draw(motif, picture, new FileInfo(Path.Combine(folder.FullName, picture.FileName)));
            return 0;
        }
        _ = TryParseSize(arguments.GetRequiredValue(_size), out var width, out var height); // validated with the option
        var order = new EditorPictureOrder(arguments.GetValue(_screenshot)?.Name ?? "", arguments.GetValue(_state))
        {
            Theme = arguments.GetValue(_theme),
            Scale = arguments.GetValue(_scale),
            Width = width,
            Height = height,
            Bars = arguments.GetValue(_bars),
            HostName = arguments.GetRequiredValue(_host),
        };
        if (arguments.GetValue(_screenshot) is { } file)
            Draw(motif, order, file);
        else
            EditorWindow.Show(motif, arguments.GetResult(_state) is { Implicit: true } or null ? order with { State = EditorState.Finished } : order, LoadModel, LoadTrainingMusic);
        return 0;
    }

    private static void Draw(Clip motif, EditorPictureOrder order, FileInfo file)
    {
        using var model = order.State == EditorState.Error ? null : LoadModel();
        var scene = EditorScene.Play(motif, order, model, model is null ? null : LoadTrainingMusic());
        using var view = new EditorView(scene, scene, new EditorSettings(order.Theme));
        if (order.State == EditorState.Candidates)
            view.PointAt("candidate:1", order.Width, order.Height);
        using var stream = file.Create();
        EditorPicture.Save(view, order.Width, order.Height, order.Scale, stream);
        Console.WriteLine($"wrote {file}");
    }

    private static ModelContinuation LoadModel()
    {
        var binaries = Path.GetDirectoryName(Vst3Bundle.ModulePath(Vst3Bundle.FindBuilt()))!;
        NativeRuntime.UseDirectory(binaries);
        return new ModelContinuation(SharedModel.Acquire(Path.Combine(binaries, "models", ParameterTable.EngineModels[0].Folder)));
    }

    /// <summary>Without it the editor shows no originality, as in the plugin.</summary>
    private static OriginalityIndex? LoadTrainingMusic()
    {
        try
        {
            return OriginalityFolder.Load(Path.Combine(Path.GetDirectoryName(Vst3Bundle.ModulePath(Vst3Bundle.FindBuilt()))!, "models", "originality"));
        }
        catch (ModelException)
        {
            return null;
        }
    }

    private static Clip ReadMotif(FileInfo? file)
    {
        if (file is null)
            return ExampleMotifs.All.First(example => example.FileName.StartsWith("ode_to_joy", StringComparison.Ordinal)).Clip;
        using var stream = file.OpenRead();
        var clip = ClipReader.Read(stream);
        return clip.Notes.Any() ? clip : throw new Vst3Exception($"{file.Name} has no notes.");
    }

    private static bool TryParseSize(string text, out int width, out int height)
    {
        var parts = text.Split('x');
        (width, height) = (0, 0);
        return parts.Length == 2 && int.TryParse(parts[0], out width) && int.TryParse(parts[1], out height)
            && width is >= 200 and <= 8000 && height is >= 200 and <= 8000;
    }
}
