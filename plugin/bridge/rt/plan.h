// Step 8 to 9: the continuation that the engine has committed and that has not sounded yet. [audio]
#pragma once

#include "rings.h"
#include "told_parameters.h"
#include "transport_tracker.h"

#include <array>
#include <cstdint>

namespace midimuse::rt {

struct PendingNote {
    double onsetPpq; // timeline
    double endPpq;   // timeline
    std::uint8_t channel;
    std::uint8_t pitch;
    std::uint8_t velocity;
};

/// Takes groups out of the command ring and keeps the pending notes sorted by onset, in a list of fixed capacity.
class Plan {
public:
    explicit Plan(mm_shared& shared) noexcept : shared_(shared), ring_(shared) {}

    /// Takes every complete group that is there. `cancelled` becomes true where the sounding continuation has to end.
    /// A horizon that was planned for another bar grid than the present one counts for nothing: where the meter
    /// changes, the engine plans anew, and offline the block has to wait for that.
    void drain(const BlockTimeline& block, std::uint32_t epoch, std::uint32_t gridGeneration, bool& cancelled) noexcept;
    /// Parameters that the engine has set, until the host has taken them.
    ToldParameters& told() noexcept { return told_; }

    /// A new epoch: what was planned for the old one is void.
    void clear() noexcept;

    /// The plan is final up to here, -infinity where nothing was said in this epoch.
    double horizonPpq() const noexcept { return horizonPpq_; }

    const PendingNote* next() const noexcept { return head_ < tail_ ? &notes_[static_cast<std::size_t>(head_)] : nullptr; }
    void takeNext() noexcept { ++head_; }
    std::int32_t pendingCount() const noexcept { return tail_ - head_; }

    /// Counts the bars that begin before `endPpq` with a fallback plan.
    void countBegunBars(double endPpq) noexcept;

private:
    struct Bar {
        double startPpq;
        double endPpq;
        std::uint32_t flags;
    };
    static constexpr std::int32_t kNotes = 4096;
    static constexpr std::int32_t kBars = 256;

    std::uint32_t groupLength(std::uint32_t available) const noexcept;
    void applyBar(const mm_command& bar, std::uint32_t notes, const BlockTimeline& block) noexcept;
    void raiseHorizon(const mm_command& horizon) noexcept;
    void dropNotesIn(double startPpq, double endPpq) noexcept;
    void insert(const PendingNote& note) noexcept;
    void rememberBar(const Bar& bar) noexcept;
    bool makeRoom() noexcept;

    mm_shared& shared_;
    CommandRing ring_;
    std::array<PendingNote, kNotes> notes_; // not cleared: untouched pages cost no memory
    std::int32_t head_ = 0; // notes_[head_, tail_) are pending
    std::int32_t tail_ = 0;
    std::array<Bar, kBars> bars_; // planned and not begun, unsorted
    std::int32_t barCount_ = 0;
    double horizonPpq_ = -1e300;
    std::uint32_t gridGeneration_ = 0;
    ToldParameters told_;
};

} // namespace midimuse::rt
