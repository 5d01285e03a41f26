// Between the host's lists and the audio thread's events. [audio]
#pragma once

#include "../rt/audio_tap.h"
#include "../rt/host_transport.h"
#include "../rt/midi_event.h"
#include "interfaces/ivstaudioprocessor.h"

#include <array>
#include <cstdint>
#include <span>

namespace midimuse::vst3 {

rt::HostTransport readTransport(const ProcessContext* context) noexcept;

/// The first audio input bus; without channels where the host connects none.
rt::AudioInput readAudioInput(const ProcessData& data) noexcept;

/// Everything that the host handed over for a block, sorted by sample; every point of every queue.
class BlockInput {
public:
    void read(const ProcessData& data) noexcept;

    std::span<const rt::InputEvent> events() const noexcept { return {events_.data(), count_}; }
    bool hasParameters() const noexcept { return hasParameters_; }
    /// Events that did not fit; note-offs take the place of others, so they are the last to be among them.
    std::uint64_t dropped() const noexcept { return dropped_; }

private:
    static constexpr std::size_t kCapacity = 8192;
    static constexpr std::size_t kReservedForNoteOffs = 2048;

    void readParameters(IParameterChanges& changes) noexcept;
    void readEvents(IEventList& list) noexcept;
    void readEvent(const Event& event) noexcept;
    void add(rt::InputEvent event) noexcept;
    void replaceNewWork(const rt::InputEvent& noteOff) noexcept;

    std::array<rt::InputEvent, kCapacity> events_; // not cleared: untouched pages cost no memory
    std::size_t count_ = 0;
    std::size_t victims_ = kCapacity; // everything from here on is a note-off
    std::uint64_t dropped_ = 0;
    std::int32_t lastOffset_ = 0;
    bool hasParameters_ = false;
};

/// The host's output list; without one every event is refused.
class HostEventSink final : public rt::EventSink {
public:
    explicit HostEventSink(IEventList* list) noexcept : list_(list) {}
    bool emit(const rt::OutputEvent& event) noexcept override;

private:
    IEventList* list_; // valid for one process() call
};

} // namespace midimuse::vst3
