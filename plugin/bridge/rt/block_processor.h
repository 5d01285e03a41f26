// The audio thread's whole work for one block, in the order of a note's path. [audio]
#pragma once

#include "audio_tap.h"
#include "host_transport.h"
#include "midi_event.h"
#include "motif_tap.h"
#include "plan.h"
#include "preview_voice.h"
#include "roles.h"
#include "shared_access.h"
#include "sounding_notes.h"
#include "transport_tracker.h"

#include <atomic>
#include <cstdint>
#include <span>

namespace midimuse::rt {

class BlockProcessor {
public:
    /// Bounds of the offline wait, in nanoseconds.
    static constexpr std::int64_t kOfflineWaitNs = 10'000'000'000;
    static constexpr std::int64_t kOfflineWaitAfterTimeoutNs = 100'000'000;

    explicit BlockProcessor(mm_shared& shared) noexcept : shared_(shared), tap_(shared), audioTap_(shared), plan_(shared) {}

    Roles& roles() noexcept { return roles_; }

    /// [audio] What the host has to be told after this block.
    ToldParameters& told() noexcept { return plan_.told(); }

    /// [audio] The sound of the block that was just processed; see PreviewVoice::render.
    template <class Sample>
    bool renderPreview(std::span<Sample* const> channels, std::int32_t numSamples) noexcept {
        PreviewSettings settings = values_.preview;
        settings.answerSound = static_cast<PreviewSound>(loadAcquire(shared_.answer_sound) & 3u);
        preview_.audition(loadAcquire(shared_.audition));
        return preview_.render(channels, numSamples, settings);
    }

    /// [main] The managed side exists, follows the rings and publishes horizons.
    void setEngineLoaded(bool loaded) noexcept { engineLoaded_.store(loaded, std::memory_order_release); }
    /// [main] while process() does not run.
    void reset(double sampleRateHz) noexcept;
    /// [main] For tests of the bound itself.
    void setOfflineWait(std::int64_t nanoseconds) noexcept { offlineWaitNs_ = nanoseconds; }

    /// `events` are sorted by offset; where offsets are equal, parameters come first. `numSamples` 0 only takes the
    /// parameters over.
    void process(const HostTransport& host, std::int32_t numSamples, bool offline, std::span<const InputEvent> events, EventSink& sink,
                 const AudioInput& audio = {}) noexcept;

private:
    void stamp(const InputEvent& event, bool insideBlock) noexcept;
    void tapAudio(const AudioInput& audio, std::span<const InputEvent> events, bool offline) noexcept;
    bool listens(std::span<const InputEvent> events) const noexcept;
    void waitForAudioRoom() noexcept;
    void flush(std::span<const InputEvent> events) noexcept;
    void play(std::span<const InputEvent> events) noexcept;
    void playScheduled(std::int32_t fromOffset, std::int32_t untilOffset) noexcept;
    void playEndsAt(std::int32_t offset) noexcept;
    void playInput(const InputEvent& event) noexcept;
    void applyParameter(const InputEvent& event) noexcept;
    void setBypass(bool bypass, std::int32_t offset) noexcept;
    void setThru(bool thru, std::int32_t offset) noexcept;
    void panic(std::int32_t offset) noexcept;
    void takePostedRoles() noexcept;
    void drainPlan() noexcept;
    void obeyTold() noexcept;
    void waitForHorizon() noexcept;
    bool horizonReached() const noexcept;
    void countShortfall(bool offline) noexcept;
    std::uint8_t outputChannel(std::uint8_t channel) const noexcept;

    mm_shared& shared_;
    TransportTracker tracker_;
    MotifTap tap_;
    AudioTap audioTap_;
    Plan plan_;
    SoundingNotes sounding_;
    PreviewVoice preview_;
    Roles roles_;
    RoleValues values_;
    bool panicHeld_ = false;
    std::atomic<bool> engineLoaded_{false};
    std::int64_t offlineWaitNs_ = kOfflineWaitNs;
    bool gaveUpWaiting_ = false;
    std::uint64_t countedJumps_ = 0;
    std::uint64_t countedRefusals_ = 0;
};

} // namespace midimuse::rt
