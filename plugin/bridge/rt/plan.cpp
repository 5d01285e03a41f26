#include "plan.h"

#include "time.h"

#include <algorithm>
#include <cmath>

namespace midimuse::rt {

namespace {

constexpr double kNothingSaid = -1e300;

bool playable(const mm_command& note) noexcept {
    return note.channel < 16 && note.pitch < 128 && note.velocity >= 1 && note.velocity < 128
        && std::isfinite(note.onset_ppq) && std::isfinite(note.end_ppq);
}

} // namespace

void Plan::clear() noexcept {
    head_ = tail_ = 0;
    barCount_ = 0;
    horizonPpq_ = kNothingSaid;
}

// Number of commands in the group at the ring's head; the shape is checked because the other side fills it by hand.
std::uint32_t Plan::groupLength(std::uint32_t available) const noexcept {
    const mm_command& first = ring_.peek(0);
    if (first.kind != MM_COMMAND_BAR) return 1;
    std::uint32_t length = 1;
    while (length < available && length <= first.bar_notes && ring_.peek(length).kind == MM_COMMAND_NOTE) ++length;
    if (length < available && ring_.peek(length).kind == MM_COMMAND_HORIZON) ++length;
    return length;
}

void Plan::drain(const BlockTimeline& block, std::uint32_t epoch, std::uint32_t gridGeneration, bool& cancelled) noexcept {
    if (gridGeneration != gridGeneration_) {
        gridGeneration_ = gridGeneration;
        horizonPpq_ = kNothingSaid;
    }
    for (std::uint32_t available = ring_.available(); available > 0;) {
        const mm_command first = ring_.peek(0);
        const std::uint32_t length = groupLength(available);
        if (first.epoch == epoch && block.playing) {
            if (first.kind == MM_COMMAND_BAR) applyBar(first, length, block);
            if (first.kind == MM_COMMAND_HORIZON) raiseHorizon(first);
        }
        if (first.kind == MM_COMMAND_PARAMETER && first.onset_ppq >= 0 && first.onset_ppq <= 1) told_.add(first.plan_id, first.onset_ppq);
        if (first.epoch == epoch && first.kind == MM_COMMAND_CANCEL) {
            head_ = tail_ = 0;
            barCount_ = 0;
            cancelled = true;
        }
        ring_.take(length);
        available -= length;
    }
}

void Plan::raiseHorizon(const mm_command& horizon) noexcept {
    if (horizon.grid_generation != gridGeneration_ || !std::isfinite(horizon.onset_ppq)) return;
    horizonPpq_ = std::max(horizonPpq_, horizon.onset_ppq);
}

void Plan::applyBar(const mm_command& bar, std::uint32_t length, const BlockTimeline& block) noexcept {
    if (!std::isfinite(bar.onset_ppq) || !std::isfinite(bar.end_ppq)) return;
    const bool begun = block.sampleOf(bar.onset_ppq) < block.startSample;
    const bool covered = horizonPpq_ > bar.onset_ppq + kHorizonSlackPpq;
    const bool refused = begun && covered; // a replacement that came too late: what sounds already stays
    if (refused) {
        count(shared_.counters.late_bars);
        store(shared_.counters.refused_plan_id, bar.plan_id);
    } else {
        dropNotesIn(bar.onset_ppq, bar.end_ppq);
        rememberBar(Bar{bar.onset_ppq, bar.end_ppq, bar.flags});
    }
    for (std::uint32_t i = 1; i < length; ++i) {
        const mm_command& command = ring_.peek(i);
        if (command.kind == MM_COMMAND_HORIZON) raiseHorizon(command);
        if (command.kind != MM_COMMAND_NOTE || refused || !playable(command)) continue;
        const bool late = block.sampleOf(command.onset_ppq) < block.startSample;
        if (late) count(shared_.counters.late_notes);
        if (late && block.startPpq - command.onset_ppq > kLatestNotePpq) continue;
        insert(PendingNote{command.onset_ppq, command.end_ppq, command.channel, command.pitch, command.velocity});
    }
}

void Plan::dropNotesIn(double startPpq, double endPpq) noexcept {
    const auto before = [](const PendingNote& note, double ppq) { return note.onsetPpq < ppq - kOnsetEpsilonPpq; };
    const auto last = notes_.begin() + tail_;
    const auto from = std::lower_bound(notes_.begin() + head_, last, startPpq, before);
    const auto to = std::lower_bound(from, last, endPpq, before);
    tail_ = static_cast<std::int32_t>(std::copy(to, last, from) - notes_.begin());
}

bool Plan::makeRoom() noexcept {
    if (tail_ < kNotes) return true;
    if (head_ == 0) return false;
    std::copy(notes_.begin() + head_, notes_.begin() + tail_, notes_.begin());
    tail_ -= head_;
    head_ = 0;
    return true;
}

void Plan::insert(const PendingNote& note) noexcept {
    if (!makeRoom()) {
        count(shared_.counters.output_drops);
        return;
    }
    // Bars come in order nearly always, so the place is at or near the end; equal onsets keep their order.
    std::int32_t place = tail_++;
    for (; place > head_ && notes_[static_cast<std::size_t>(place - 1)].onsetPpq > note.onsetPpq; --place) {
        notes_[static_cast<std::size_t>(place)] = notes_[static_cast<std::size_t>(place - 1)];
    }
    notes_[static_cast<std::size_t>(place)] = note;
}

void Plan::rememberBar(const Bar& bar) noexcept {
    const auto last = bars_.begin() + barCount_;
    const auto kept = std::remove_if(bars_.begin(), last, [&](const Bar& old) {
        return old.startPpq >= bar.startPpq - kOnsetEpsilonPpq && old.startPpq < bar.endPpq - kOnsetEpsilonPpq;
    });
    barCount_ = static_cast<std::int32_t>(kept - bars_.begin());
    if (barCount_ < kBars) bars_[static_cast<std::size_t>(barCount_++)] = bar;
}

void Plan::countBegunBars(double endPpq) noexcept {
    for (std::int32_t i = 0; i < barCount_;) {
        const Bar& bar = bars_[static_cast<std::size_t>(i)];
        if (bar.startPpq >= endPpq - kOnsetEpsilonPpq) { ++i; continue; }
        if (bar.flags & MM_COMMAND_FALLBACK) count(shared_.counters.fallback_bars);
        bars_[static_cast<std::size_t>(i)] = bars_[static_cast<std::size_t>(--barCount_)];
    }
}

} // namespace midimuse::rt
