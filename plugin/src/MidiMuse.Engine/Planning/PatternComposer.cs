using System.Runtime.InteropServices;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Capture;
using MidiMuse.Inference.Gan;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Patterns;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Vae;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Makes bars of the other materials: variations and morphs (VAE), surprises (GAN). One for each instance of the plugin;
/// [engine] only. A bar takes a millisecond or two, so it is never given up.
/// </summary>
public sealed class PatternComposer : IDisposable
{
    private const int MostNotes = 256;

    private readonly IMotifVariator _variator;
    private readonly IBarProposer? _proposer;
    private readonly MotifVariations _variations;
    private readonly BarProposals? _proposals;
    private readonly GridNote[] _notes = new GridNote[MostNotes];
    private readonly List<GridNote> _ringing = [];
    private (AnswerFrame? Frame, MotifCharacter? Character, PatternMotif? Motif) _source;
    private (Motif? Target, PatternMotif? Motif) _target;

    /// <param name="variator">Owned from now on.</param>
    /// <param name="proposer">Owned from now on; null where there is none.</param>
    public PatternComposer(IMotifVariator variator, IBarProposer? proposer)
    {
        _variator = variator;
        _proposer = proposer;
        _variations = new MotifVariations(variator);
        _proposals = proposer is null ? null : new BarProposals(proposer);
    }

    /// <summary>Why nothing can be made any more, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Loads the models of two folders.</summary>
    /// <exception cref="ModelException">One cannot be used.</exception>
    public static PatternComposer Load(string vaeFolder, string ganFolder)
    {
        var vae = VaeSession.Open(vaeFolder);
        try
        {
            return new PatternComposer(vae, GanSession.Open(ganFolder, vae));
        }
        catch
        {
            vae.Dispose();
            throw;
        }
    }

    /// <summary>Whether the settings ask for this bar; otherwise the continuation model makes it.</summary>
    public bool Makes(in BarPlan plan, MotifCharacter character)
    {
        if (Fault is not null)
            return false;
        var settings = plan.Settings;
        return settings.Material switch
        {
            Material.Variation => SourceOf(plan.Frame, character).IsCovered,
            Material.Morph => settings.MorphTarget is not null && SourceOf(plan.Frame, character).IsCovered && TargetOf(settings).IsCovered,
            Material.Surprise => IsSurprise(plan) && _proposals is not null && _proposals.Covers(SourceOf(plan.Frame, character)),
            _ => false,
        };
    }

    /// <param name="phrase">Motif and answer up to the bar, in phrase ticks.</param>
    /// <param name="notes">Receives the bar's notes; cleared first.</param>
    /// <returns>False where the model failed; see <see cref="Fault"/>.</returns>
    public bool TryFill(in BarPlan plan, MotifCharacter character, NoteConstraints constraints, List<GridNote> phrase, List<GridNote> notes)
    {
        notes.Clear();
        var source = SourceOf(plan.Frame, character);
        var heard = CollectionsMarshal.AsSpan(phrase);
        _ringing.Clear();
        foreach (ref readonly var note in heard)
        {
            if (note.EndTick > plan.StartTick)
                _ringing.Add(note);
        }
        var bar = new PatternBar
        {
            StartTick = plan.StartTick,
            EndTick = plan.EndTick,
            Index = plan.BarIndex,
            Seed = plan.Settings.Seed,
            Draw = plan.Draw,
            Constraints = constraints,
            Ringing = CollectionsMarshal.AsSpan(_ringing),
        };
        try
        {
            var count = plan.Settings.Material switch
            {
                Material.Variation => _variations.Vary(source, plan.Settings.Variation, bar, _notes),
                Material.Morph => _variations.Morph(source, TargetOf(plan.Settings), plan.Settings.Morph, bar, _notes),
                _ => _proposals!.Propose(source, heard, bar, _notes),
            };
            if (count < 0)
                Fault = "The VAE or the GAN gives numbers that are not finite.";
            notes.AddRange(_notes.AsSpan(0, Math.Max(0, count)));
        }
        catch (ModelException e)
        {
            Fault = e.Message;
        }
        return Fault is null;
    }

    public void Dispose()
    {
        _proposer?.Dispose();
        _variator.Dispose();
    }

    private static bool IsSurprise(in BarPlan plan) =>
        plan.Settings.SurpriseEvery == 0 ? plan.BarIndex == 0 : plan.BarIndex % plan.Settings.SurpriseEvery == 0;

    private PatternMotif SourceOf(AnswerFrame frame, MotifCharacter character)
    {
        if (!ReferenceEquals(_source.Frame, frame) || !ReferenceEquals(_source.Character, character))
            _source = (frame, character, new PatternMotif(frame.MotifGrid, frame.Meter, character.Role, character.Key, frame.MotifBars));
        return _source.Motif!;
    }

    private PatternMotif TargetOf(in MusicSettings settings)
    {
        var target = settings.MorphTarget!;
        if (!ReferenceEquals(_target.Target, target))
        {
            var grid = target.ToGrid();
            var character = MotifCharacter.Of(target, grid, new MusicSettings { ScaleIndex = 1 });
            _target = (target, new PatternMotif(grid, target.Meter, character.Role, character.Key, target.Bars));
        }
        return _target.Motif!;
    }
}
