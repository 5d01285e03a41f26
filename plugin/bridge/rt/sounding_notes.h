// The one table of everything that sounds. Nobody else starts or ends a note. [audio]
#pragma once

#include "midi_event.h"
#include "transport_tracker.h"

#include <array>
#include <cstdint>

namespace midimuse::rt {

/// Keyed by output channel and pitch, so a second note on a sounding key ends the first one (off before on) and
/// duplicates cannot exist. A note-off is heard only from the owner of the sounding note. An end that the host
/// refused is kept and sent first in the next block.
class SoundingNotes {
public:
    enum class Owner : std::uint8_t { none, thru, generated, owedOff };

    /// Where events of the current block go and which project positions they get.
    void beginBlock(EventSink& sink, const BlockTimeline& block) noexcept;

    bool startThru(std::int32_t offset, std::uint8_t inputChannel, std::uint8_t outputChannel, std::uint8_t pitch, float velocity) noexcept;
    void endThru(std::int32_t offset, std::uint8_t inputChannel, std::uint8_t pitch, float velocity) noexcept;

    /// `endPpq` on the timeline; the note lasts at least one sample.
    bool startGenerated(std::int32_t offset, std::uint8_t channel, std::uint8_t pitch, float velocity, double endPpq) noexcept;
    /// Running sample of the next end of a generated note, INT64_MAX where none is due at all.
    std::int64_t nextEndSample() noexcept;
    void endNext(std::int32_t offset) noexcept;

    void releaseAll(std::int32_t offset) noexcept;
    void releaseOwned(Owner owner, std::int32_t offset) noexcept;

    std::int32_t count() const noexcept { return sounding_; }
    std::uint64_t refused() const noexcept { return refused_; }

    bool emit(OutputKind kind, std::int32_t offset, std::uint8_t channel, std::uint8_t data1, float value) noexcept;

private:
    struct Key {
        std::uint32_t token = 0; // tells this note from earlier ones on the key
        Owner owner = Owner::none;
        std::uint8_t inputChannel = 0;
    };
    struct End {
        double ppq;
        std::uint32_t token;
        std::uint16_t key;
    };
    static constexpr std::uint16_t kKeys = 16 * 128;
    static constexpr std::uint8_t kSilent = 0xFF;

    static std::uint16_t keyOf(std::uint8_t channel, std::uint8_t pitch) noexcept { return static_cast<std::uint16_t>(channel * 128 + pitch); }
    bool start(std::int32_t offset, std::uint16_t key, float velocity, Owner owner, std::uint8_t inputChannel) noexcept;
    bool end(std::int32_t offset, std::uint16_t key, float velocity) noexcept;
    void pushEnd(End end) noexcept;
    void popEnd() noexcept;
    void dropStaleEnds() noexcept;
    bool stale(const End& end) const noexcept;

    EventSink* sink_ = nullptr;            // valid from beginBlock to the end of that process() call
    const BlockTimeline* block_ = nullptr; // the tracker's, valid as long as this object
    std::array<Key, kKeys> keys_{};
    std::array<std::uint8_t, kKeys> thruOutput_ = filledThruOutput(); // by input channel and pitch: output channel or kSilent
    std::array<End, 2 * kKeys> ends_;      // a heap, the earliest end first
    std::int32_t endCount_ = 0;
    std::int32_t sounding_ = 0;
    std::int32_t owed_ = 0;
    std::uint32_t nextToken_ = 1;
    std::uint64_t refused_ = 0;

    static constexpr std::array<std::uint8_t, kKeys> filledThruOutput() noexcept {
        std::array<std::uint8_t, kKeys> filled{};
        filled.fill(kSilent);
        return filled;
    }
};

} // namespace midimuse::rt
