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
    public const uint CustomScale = 21;
    public const uint ChordSource = 22;
    public const uint ChordTones = 23;
    public const uint Keep = 24;
    public const uint Density = 25;
    public const uint NotesPerBeat = 26;
    public const uint Grid = 27;
    public const uint Groove = 28;
    public const uint GrooveAmount = 29;
    public const uint Syncopation = 30;
    public const uint DrumLock = 31;
    public const uint LowNote = 32;
    public const uint HighNote = 33;
    public const uint Octave = 34;
    public const uint Leaps = 35;
    public const uint Voices = 36;
    public const uint Softest = 37;
    public const uint Loudest = 38;
    public const uint FollowDynamics = 39;
    public const uint Articulation = 40;
    public const uint Closeness = 41;
    public const uint Ending = 42;
    public const uint Valence = 43;
    public const uint Energy = 44;
    public const uint Style = 45;
    public const uint HeardKey = 46;
    public const uint KeyConfidence = 47;
    public const uint CaptureChords = 48;

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
    public const uint Consensus = 76;
    public const uint Guidance = 77;
    public const uint Development = 78;

    public const uint Device = 120;

    public const uint Material = 130;
    public const uint Variation = 131;
    public const uint Morph = 132;
    public const uint SurpriseEvery = 133;
    public const uint KeepForMorph = 134;

    public const uint Preview = 110;
    public const uint PreviewLevel = 111;
    public const uint PreviewSound = 112;

    public const uint Status = 100;
    public const uint LateNotes = 101;
    public const uint FallbackBars = 102;
    public const uint BarsAhead = 103;
    public const uint Shortfalls = 104;

    public const uint AudioMotif = 140;
    public const uint AudioLatency = 141;
    public const uint AudioGrid = 142;
}
