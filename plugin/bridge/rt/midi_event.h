// What the audio thread takes in and gives out, independent of the plugin format. [audio]
#pragma once

#include <cstdint>

namespace midimuse::rt {

enum class InputKind : std::uint8_t { parameter, noteOff, noteOn, polyPressure, control };

inline constexpr std::uint8_t kControlChannelPressure = 128;
inline constexpr std::uint8_t kControlPitchBend = 129;

struct InputEvent {
    double value;              // parameter, control, polyPressure: 0..1; notes: velocity 0..1
    std::uint32_t paramId;     // parameter
    std::int32_t offsetSamples; // within the block, 0 <= offset < max(1, block length)
    std::uint32_t order;       // as the format's side read it; breaks ties when sorting
    InputKind kind;
    std::uint8_t channel;      // 0..15
    std::uint8_t data1;        // pitch or controller
};

enum class OutputKind : std::uint8_t { noteOff, noteOn, polyPressure, control };

struct OutputEvent {
    double projectPpq;          // the host's position of the sample
    float value;                // 0..1
    std::int32_t offsetSamples; // never decreases within a block
    OutputKind kind;
    std::uint8_t channel;       // 0..15
    std::uint8_t data1;         // pitch or controller
};

/// Where events leave the block. The format's side implements it over the host's list.
class EventSink {
public:
    /// False where the host takes no more events in this block.
    virtual bool emit(const OutputEvent& event) noexcept = 0;

protected:
    ~EventSink() = default;
};

} // namespace midimuse::rt
