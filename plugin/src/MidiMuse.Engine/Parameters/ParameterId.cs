namespace MidiMuse.Engine.Parameters;

/// <summary>
/// Host parameter ids. They are stored in projects and automation lanes: a number is never changed and never used again.
/// </summary>
public static class ParameterId
{
    public const uint Bypass = 1;
    public const uint Arm = 2;
    public const uint Capture = 3;
    public const uint Mode = 4;
    public const uint AnswerLength = 5;
    public const uint Freeze = 6;
    public const uint Seed = 7;
    public const uint Temperature = 8;
    public const uint TopP = 9;
    public const uint Key = 10;
    public const uint Scale = 11;
    public const uint Thru = 12;
    public const uint Panic = 13;
    public const uint OutputChannel = 14;
    public const uint Role = 15;
    public const uint Clear = 16;
    public const uint Program = 17;

    public const uint EngineModel = 20;

    public const uint Candidates = 60;
    public const uint Candidate = 61;
    public const uint NextCandidate = 62;
    public const uint PreviousCandidate = 63;
    public const uint Regenerate = 64;
    public const uint Accept = 65;
    public const uint Reject = 66;
    public const uint Undo = 67;
    public const uint Redo = 68;
    public const uint Compare = 69;
    public const uint InputChannel = 70;
    public const uint SustainPedal = 71;
    public const uint StopAfterDrag = 72;
    public const uint Form = 73;
    public const uint SectionBars = 74;
    public const uint SectionVariation = 75;

    public const uint Device = 120;

    public const uint Material = 130;
    public const uint Variation = 131;
    public const uint Morph = 132;
    public const uint SurpriseEvery = 133;
    public const uint KeepForMorph = 134;

    public const uint Status = 100;
    public const uint LateNotes = 101;
    public const uint FallbackBars = 102;
    public const uint BarsAhead = 103;
    public const uint Shortfalls = 104;

    public const uint AudioMotif = 140;
    public const uint AudioLatency = 141;
    public const uint AudioGrid = 142;
}
