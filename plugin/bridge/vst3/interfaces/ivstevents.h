// Facts from vst/ivstevents.h and vst/ivstnoteexpression.h, VST SDK 3.8.1: Event and IEventList.
#pragma once

#include "vsttypes.h"

namespace midimuse::vst3 {

struct NoteOnEvent {
    std::int16_t channel;
    std::int16_t pitch;
    float tuning;
    float velocity;
    std::int32_t length;
    std::int32_t noteId;
};

struct NoteOffEvent {
    std::int16_t channel;
    std::int16_t pitch;
    float velocity;
    std::int32_t noteId;
    float tuning;
};

struct DataEvent {
    std::uint32_t size;
    std::uint32_t type;
    const std::uint8_t* bytes;
};

struct PolyPressureEvent {
    std::int16_t channel;
    std::int16_t pitch;
    float pressure;
    std::int32_t noteId;
};

struct NoteExpressionValueEvent {
    std::uint32_t typeId;
    std::int32_t noteId;
    double value;
};

struct NoteExpressionTextEvent {
    std::uint32_t typeId;
    std::int32_t noteId;
    std::uint32_t textLen;
    const TChar* text;
};

struct ChordEvent {
    std::int16_t root;
    std::int16_t bassNote;
    std::int16_t mask;
    std::uint16_t textLen;
    const TChar* text;
};

struct ScaleEvent {
    std::int16_t root;
    std::int16_t mask;
    std::uint16_t textLen;
    const TChar* text;
};

struct LegacyMIDICCOutEvent {
    std::uint8_t controlNumber; // 0..127, 128 channel pressure, 129 pitch bend (value = 7 low bits, value2 = 7 high bits)
    std::int8_t channel;
    std::int8_t value;
    std::int8_t value2;
};

struct Event {
    enum EventFlags : std::uint16_t { kIsLive = 1 << 0 };
    enum EventTypes : std::uint16_t {
        kNoteOnEvent = 0,
        kNoteOffEvent = 1,
        kDataEvent = 2,
        kPolyPressureEvent = 3,
        kNoteExpressionValueEvent = 4,
        kNoteExpressionTextEvent = 5,
        kChordEvent = 6,
        kScaleEvent = 7,
        kLegacyMIDICCOutEvent = 65535
    };

    std::int32_t busIndex;
    std::int32_t sampleOffset;
    TQuarterNotes ppqPosition;
    std::uint16_t flags;
    std::uint16_t type;
    union {
        NoteOnEvent noteOn;
        NoteOffEvent noteOff;
        DataEvent data;
        PolyPressureEvent polyPressure;
        NoteExpressionValueEvent noteExpressionValue;
        NoteExpressionTextEvent noteExpressionText;
        ChordEvent chord;
        ScaleEvent scale;
        LegacyMIDICCOutEvent midiCCOut;
    };
};

class IEventList : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x3A2C4214, 0x346349FE, 0xB2C4F397, 0xB9695A44);

    virtual std::int32_t MM_STDCALL getEventCount() = 0;
    virtual tresult MM_STDCALL getEvent(std::int32_t index, Event& event) = 0;
    virtual tresult MM_STDCALL addEvent(Event& event) = 0;

protected:
    ~IEventList() = default;
};

} // namespace midimuse::vst3
