using System.IO.Compression;
using System.Text;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Tests.Corpus;

/// <summary>A corpus of a few pieces made up for the tests.</summary>
internal static class TinyCorpus
{
    public const string Header = "#SMC\t1\tppq=480\tdataset=tiny\tsource=tests";

    /// <summary>Eight quarter notes in 3/4, G major, then six in 4/4; a bass with dynamics.</summary>
    public const string TwoMeters = """
        P	two	train	g1	A	CC0	1	Two meters		
        M	barq=1.0
        S	0	3	4
        S	4320	4	4
        K	0	1	major
        T	0	120
        R	melody	R	0	Voice
        O	0 480 480 480 480 480 480 480 960 480 480 480 480 480
        D	480 480 480 480 480 480 480 480 480 480 480 480 480 480
        N	67 69 71 72 74 76 78 79 67 66 64 62 60 59
        V	64
        R	bass	-	32	Bass
        O	0 1440 1440 1440 960 960
        D	1440 1440 1440 960 960 960
        N	43 50 43 48 50 43
        V	80 70 90 60 100 40
        """;

    public const string HeldBack = """
        P	held	test	g2	A	CC0	1	Held back		
        S	0	4	4
        R	melody	R	0	Voice
        O	0 480 480 480
        D	480 480 480 480
        N	60 62 64 65
        V	64
        """;

    public const string OtherTier = """
        P	other	valid	g3	B	GPL	1	Other tier		
        S	0	4	4
        R	drums	-	-1	Kit
        O	0 240 240 240 240
        D	60 60 60 60 60
        N	36 42 38 42 36
        V	100 60 110 50 90
        """;

    public static List<Piece> Parse(params string[] pieces) =>
        [.. new SmcReader(new StringReader(Text(pieces)), "tiny.smc").ReadPieces()];

    public static void Write(string folder, params string[] pieces)
    {
        using var stream = new GZipStream(File.Create(Path.Combine(folder, "tiny.smc.gz")), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes(Text(pieces)));
    }

    private static string Text(string[] pieces) => string.Join('\n', [Header, .. pieces]) + "\n";
}
