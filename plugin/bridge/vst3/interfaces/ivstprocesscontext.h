// Facts from vst/ivstprocesscontext.h, VST SDK 3.8.1: ProcessContext.
#pragma once

#include "vsttypes.h"

namespace midimuse::vst3 {

struct Chord {
    std::uint8_t keyNote;
    std::uint8_t rootNote;
    std::int16_t chordMask;
};

struct FrameRate {
    std::uint32_t framesPerSecond;
    std::uint32_t flags;
};

struct ProcessContext {
    enum StatesAndFlags : std::uint32_t {
        kPlaying = 1 << 1,
        kCycleActive = 1 << 2,
        kRecording = 1 << 3,
        kSystemTimeValid = 1 << 8,
        kProjectTimeMusicValid = 1 << 9,
        kTempoValid = 1 << 10,
        kBarPositionValid = 1 << 11,
        kCycleValid = 1 << 12,
        kTimeSigValid = 1 << 13,
        kSmpteValid = 1 << 14,
        kClockValid = 1 << 15,
        kContTimeValid = 1 << 17,
        kChordValid = 1 << 18
    };

    std::uint32_t state;
    double sampleRate;
    TSamples projectTimeSamples; // always valid
    std::int64_t systemTime;
    TSamples continousTimeSamples;
    TQuarterNotes projectTimeMusic;
    TQuarterNotes barPositionMusic;
    TQuarterNotes cycleStartMusic;
    TQuarterNotes cycleEndMusic;
    double tempo;
    std::int32_t timeSigNumerator;
    std::int32_t timeSigDenominator;
    Chord chord;
    std::int32_t smpteOffsetSubframes;
    FrameRate frameRate;
    std::int32_t samplesToNextClock;
};

} // namespace midimuse::vst3
