using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Gan;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Patterns;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Tests.Support;
using MidiMuse.Inference.Vae;

namespace MidiMuse.Inference.Tests.Patterns;

/// <summary>The theme is Beethoven's, opus 125; it is morphed into the first bars of Ah vous dirai-je, Maman.</summary>
public sealed class ShippedPatternModelTests : IDisposable
{
    private static readonly Key D = new(2, Mode.Major);

    private readonly VaeSession _vae = VaeSession.Open(RepositoryFolders.VaeWeights);
    private readonly MotifVariations _variations;
    private readonly GridNote[] _notes = new GridNote[128];

    public ShippedPatternModelTests() => _variations = new MotifVariations(_vae);

    private static PatternMotif Theme { get; } = Line(D, 66, 66, 67, 69, 69, 67, 66, 64, 62, 62, 64, 66, 66, 64, 64, 64);

    private static PatternMotif Other { get; } = Line(new Key(0, Mode.Major), 60, 60, 67, 67, 69, 69, 67, 67, 65, 65, 64, 64, 62, 62, 60, 60);

    public void Dispose() => _vae.Dispose();

    [Fact]
    public void A_variation_by_nothing_is_the_motif_and_more_moves_away()
    {
        var likeness = new double[5];
        for (var seed = 1; seed <= 20; seed++)
        {
            for (var i = 0; i < likeness.Length; i++)
                likeness[i] += Likeness(Theme.Notes, Vary(i / 4.0, seed)) / 20;
        }
        Assert.Equal(1, likeness[0], 3);
        Assert.True(likeness[2] < likeness[0] && likeness[4] < likeness[2], $"Likeness by amount: {string.Join(", ", likeness)}.");
    }

    [Fact]
    public void The_same_seed_gives_the_same_variation_and_another_one_another() =>
        Assert.True(Vary(0.6, 3).SequenceEqual(Vary(0.6, 3)) && Enumerable.Range(4, 10).Any(seed => !Vary(0.6, 3).SequenceEqual(Vary(0.6, seed))));

    [Fact]
    public void A_morph_leads_from_one_motif_to_the_other_in_the_first_one_s_key()
    {
        var moved = Other.Notes.Select(n => n with { Pitch = n.Pitch + 2 }).ToArray(); // C to D
        var likeness = Enumerable.Range(0, 9).Select(i => Morph(i / 8.0)).Select(n => (From: Likeness(Theme.Notes, n), To: Likeness(moved, n))).ToArray();
        var text = string.Join(", ", likeness);
        Assert.True(likeness[0].From > 0.999 && likeness[^1].To > 0.999, text);
        Assert.True(likeness[2].From > likeness[6].From && likeness[6].To > likeness[2].To, text);
    }

    [Fact]
    public void Proposals_keep_to_the_scale_and_the_range_for_every_seed()
    {
        using var gan = GanSession.Open(RepositoryFolders.GanWeights, _vae);
        var proposals = new BarProposals(gan);
        var constraints = new NoteConstraints(PitchClassSet.OfKey(D), 57, 76) with { MaxPolyphony = 1 };
        var bars = new List<GridNote[]>();
        for (var seed = 0; seed < 50; seed++)
        {
            var count = proposals.Propose(Theme, Theme.Notes, Bar(0, seed, constraints), _notes);
            Assert.All(_notes[..count], n => Assert.True(constraints.Pitches.Contains(n.Pitch) && n.OnsetTick >= 384 && n.OnsetTick < 480, $"Seed {seed}: {n}"));
            bars.Add(_notes[..count]);
        }
        Assert.True(bars.Count(b => b.Length > 0) > 40, "Most proposals are silent.");
        Assert.True(bars.Select(b => string.Join(' ', b)).Distinct().Count() > 10, "Proposals hardly differ.");
    }

    [Fact]
    public void A_GAN_refuses_another_VAE_than_its_own()
    {
        using var folder = new TemporaryCopy(RepositoryFolders.VaeWeights);
        File.AppendAllText(Path.Combine(folder.Path, "model.json"), " ");
        using var other = VaeSession.Open(folder.Path);
        Assert.Equal(ModelFault.Unsupported, Assert.Throws<ModelException>(() => GanSession.Open(RepositoryFolders.GanWeights, other)).Fault);
    }

    [Fact]
    public void Damaged_weights_are_refused()
    {
        using var folder = new TemporaryCopy(RepositoryFolders.VaeWeights);
        var path = Path.Combine(folder.Path, "decoder.onnx");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(ModelFault.Damaged, Assert.Throws<ModelException>(() => VaeSession.Open(folder.Path)).Fault);
    }

    [Fact]
    public void Nothing_is_allocated_once_a_session_exists()
    {
        using var gan = GanSession.Open(RepositoryFolders.GanWeights, _vae);
        var proposals = new BarProposals(gan);
        UseEverything(proposals);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            UseEverything(proposals);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static PatternMotif Line(Key key, params int[] pitches) =>
        new([.. pitches.Select((pitch, i) => new GridNote(i * 24, 24, pitch, 80))], Meter.CommonTime, Role.Melody, key, 4);

    private static PatternBar Bar(int index, int seed, NoteConstraints constraints) => new()
    {
        StartTick = 384 + (index * 96),
        EndTick = 480 + (index * 96),
        Index = index,
        Seed = seed,
        Constraints = constraints,
    };

    /// <summary>F1 of the notes that agree in onset and pitch; 1 is the same music.</summary>
    private static double Likeness(GridNote[] motif, GridNote[] answer)
    {
        var wanted = motif.Select(n => (n.OnsetTick + 384, n.Pitch)).ToHashSet();
        var found = answer.Select(n => (n.OnsetTick, n.Pitch)).ToHashSet();
        return 2.0 * wanted.Intersect(found).Count() / Math.Max(1, wanted.Count + found.Count);
    }

    private GridNote[] Vary(double amount, int seed) => FourBars(i => _variations.Vary(Theme, amount, Bar(i, seed, NoteConstraints.None), _notes));

    private GridNote[] Morph(double position) => FourBars(i => _variations.Morph(Theme, Other, position, Bar(i, 1, NoteConstraints.None), _notes));

    private GridNote[] FourBars(Func<int, int> write)
    {
        var all = new List<GridNote>();
        for (var bar = 0; bar < 4; bar++)
            all.AddRange(_notes.Take(write(bar)));
        return [.. all];
    }

    private void UseEverything(BarProposals proposals)
    {
        _variations.Vary(Theme, 0.5, Bar(1, 1, NoteConstraints.None), _notes);
        _variations.Morph(Theme, Other, 0.4, Bar(2, 1, NoteConstraints.None), _notes);
        proposals.Propose(Theme, Theme.Notes, Bar(0, 1, NoteConstraints.None), _notes);
    }

    private sealed class TemporaryCopy : IDisposable
    {
        public TemporaryCopy(string source)
        {
            Directory.CreateDirectory(Path);
            foreach (var file in Directory.GetFiles(source))
                File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
        }

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"midimuse-{Guid.NewGuid():N}");

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
