#include "sounding_notes.h"

#include <algorithm>
#include <cmath>

namespace midimuse::rt {

void SoundingNotes::beginBlock(EventSink& sink, const BlockTimeline& block) noexcept {
    sink_ = &sink;
    block_ = &block;
    if (owed_ > 0) releaseOwned(Owner::owedOff, 0);
}

bool SoundingNotes::emit(OutputKind kind, std::int32_t offset, std::uint8_t channel, std::uint8_t data1, float value) noexcept {
    if (sink_->emit(OutputEvent{block_->projectPpqAt(offset), value, offset, kind, channel, data1})) return true;
    ++refused_;
    return false;
}

bool SoundingNotes::start(std::int32_t offset, std::uint16_t key, float velocity, Owner owner, std::uint8_t inputChannel) noexcept {
    if (keys_[key].owner != Owner::none && !end(offset, key, 0)) return false;
    const auto channel = static_cast<std::uint8_t>(key / 128);
    const auto pitch = static_cast<std::uint8_t>(key % 128);
    if (!emit(OutputKind::noteOn, offset, channel, pitch, velocity)) return false;
    keys_[key] = Key{nextToken_++, owner, inputChannel};
    ++sounding_;
    return true;
}

bool SoundingNotes::end(std::int32_t offset, std::uint16_t key, float velocity) noexcept {
    Key& ending = keys_[key];
    const bool owed = ending.owner == Owner::owedOff;
    const auto channel = static_cast<std::uint8_t>(key / 128);
    const auto pitch = static_cast<std::uint8_t>(key % 128);
    const bool sent = emit(OutputKind::noteOff, offset, channel, pitch, velocity);
    if (ending.owner == Owner::thru) thruOutput_[keyOf(ending.inputChannel, pitch)] = kSilent;
    if (owed && sent) --owed_;
    if (!owed && !sent) ++owed_;
    if (sent) --sounding_;
    ending.owner = sent ? Owner::none : Owner::owedOff;
    return sent;
}

bool SoundingNotes::startThru(std::int32_t offset, std::uint8_t inputChannel, std::uint8_t outputChannel, std::uint8_t pitch, float velocity) noexcept {
    endThru(offset, inputChannel, pitch, 0); // a repeated note-on, perhaps meant for another output channel by then
    if (!start(offset, keyOf(outputChannel, pitch), velocity, Owner::thru, inputChannel)) return false;
    thruOutput_[keyOf(inputChannel, pitch)] = outputChannel;
    return true;
}

void SoundingNotes::endThru(std::int32_t offset, std::uint8_t inputChannel, std::uint8_t pitch, float velocity) noexcept {
    const std::uint8_t outputChannel = thruOutput_[keyOf(inputChannel, pitch)];
    if (outputChannel == kSilent) return;
    end(offset, keyOf(outputChannel, pitch), velocity);
}

bool SoundingNotes::startGenerated(std::int32_t offset, std::uint8_t channel, std::uint8_t pitch, float velocity, double endPpq) noexcept {
    const std::uint16_t key = keyOf(channel, pitch);
    if (!start(offset, key, velocity, Owner::generated, 0)) return false;
    pushEnd(End{std::max(endPpq, block_->ppqAt(offset + 1)), keys_[key].token, key});
    return true;
}

std::int64_t SoundingNotes::nextEndSample() noexcept {
    while (endCount_ > 0 && stale(ends_[0])) popEnd();
    return endCount_ == 0 ? INT64_MAX : block_->sampleOf(ends_[0].ppq);
}

void SoundingNotes::endNext(std::int32_t offset) noexcept {
    const std::uint16_t key = ends_[0].key;
    popEnd();
    end(offset, key, 0);
}

void SoundingNotes::releaseAll(std::int32_t offset) noexcept {
    if (sounding_ == 0) return;
    for (std::uint16_t key = 0; key < kKeys; ++key) {
        if (keys_[key].owner != Owner::none) end(offset, key, 0);
    }
    endCount_ = 0;
}

void SoundingNotes::releaseOwned(Owner owner, std::int32_t offset) noexcept {
    if (sounding_ == 0) return;
    for (std::uint16_t key = 0; key < kKeys; ++key) {
        if (keys_[key].owner == owner) end(offset, key, 0);
    }
}

bool SoundingNotes::stale(const End& end) const noexcept {
    return keys_[end.key].token != end.token || keys_[end.key].owner != Owner::generated;
}

namespace {

constexpr auto laterFirst = [](const auto& a, const auto& b) { return a.ppq > b.ppq || (a.ppq == b.ppq && a.key > b.key); };

} // namespace

void SoundingNotes::pushEnd(End end) noexcept {
    // Live ends are at most one a key, so after dropping the stale ones half of the heap is free.
    if (endCount_ == static_cast<std::int32_t>(ends_.size())) dropStaleEnds();
    ends_[static_cast<std::size_t>(endCount_++)] = end;
    std::push_heap(ends_.begin(), ends_.begin() + endCount_, laterFirst);
}

void SoundingNotes::popEnd() noexcept {
    std::pop_heap(ends_.begin(), ends_.begin() + endCount_, laterFirst);
    --endCount_;
}

void SoundingNotes::dropStaleEnds() noexcept {
    const auto live = std::remove_if(ends_.begin(), ends_.begin() + endCount_, [this](const End& end) { return stale(end); });
    endCount_ = static_cast<std::int32_t>(live - ends_.begin());
    std::make_heap(ends_.begin(), live, laterFirst);
}

} // namespace midimuse::rt
