namespace MidiMuse.Core.Audio;

/// <summary>How likely a level is sound and not the room: against the quietest and the loudest of the last seconds.</summary>
internal sealed class LevelGate
{
    private const float LeastDb = -58;
    private const float BelowPeakDb = 38;
    private const float AboveFloorDb = 7;
    private const float SoftnessDb = 2.5f;
    private const float PeakFallDbPerFrame = 0.02f;  // 2.5 dB a second
    private const float FloorRiseDbPerFrame = 0.016f; // 2 dB a second

    private float _peakDb;
    private float _floorDb;

    public LevelGate() => Reset();

    public void Reset()
    {
        _peakDb = -60;
        _floorDb = -60;
    }

    /// <summary>0..1.</summary>
    public float Open(float levelDb)
    {
        _peakDb = Math.Max(levelDb, Math.Max(_peakDb - PeakFallDbPerFrame, -60));
        _floorDb = levelDb < _floorDb ? _floorDb + (0.1f * (levelDb - _floorDb)) : _floorDb + FloorRiseDbPerFrame;
        _floorDb = Math.Clamp(_floorDb, -90, _peakDb - 24); // a held note is no room noise
        var thresholdDb = Math.Max(LeastDb, Math.Max(_peakDb - BelowPeakDb, _floorDb + AboveFloorDb));
        return 1 / (1 + MathF.Exp((thresholdDb - levelDb) / SoftnessDb));
    }
}
