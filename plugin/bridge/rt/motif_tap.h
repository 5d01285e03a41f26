// Step 3 of a note's path: what was played and set, stamped with its timeline position, into the input ring. [audio]
#pragma once

#include "rings.h"

#include <array>
#include <cstdint>

namespace midimuse::rt {

/// The engine sees every note-on followed by its note-off or neither: a note-on that found the ring full is dropped
/// together with its note-off, and a note-off that found it full is delivered later, before anything newer.
class MotifTap {
public:
    explicit MotifTap(mm_shared& shared) noexcept : shared_(shared), ring_(shared) {}

    void noteOn(double timelinePpq, std::uint32_t epoch, std::uint8_t channel, std::uint8_t pitch, std::uint8_t velocity) noexcept;
    void noteOff(double timelinePpq, std::uint32_t epoch, std::uint8_t channel, std::uint8_t pitch, std::uint8_t velocity) noexcept;
    void control(double timelinePpq, std::uint32_t epoch, std::uint8_t channel, std::uint8_t controller, double value) noexcept;
    void parameter(double timelinePpq, std::uint32_t epoch, std::uint32_t paramId, double value) noexcept;

private:
    struct Key {
        std::uint16_t delivered = 0; // note-ons in the ring that still lack their note-off
        std::uint16_t dropped = 0;   // note-ons that found the ring full
        std::uint16_t owed = 0;      // note-offs that found the ring full
    };

    bool deliver(const mm_input_event& event) noexcept;
    bool payDebts(double timelinePpq, std::uint32_t epoch) noexcept;
    Key& key(std::uint8_t channel, std::uint8_t pitch) noexcept { return keys_[channel * 128u + pitch]; }

    mm_shared& shared_;
    InputRing ring_;
    std::array<Key, 16 * 128> keys_{};
    std::uint32_t owedTotal_ = 0;
};

} // namespace midimuse::rt
