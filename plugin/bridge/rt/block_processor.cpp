#include "block_processor.h"

#include "offline_pause.h"
#include "time.h"
#include "transport_publisher.h"

#include <algorithm>
#include <cmath>

namespace midimuse::rt {

namespace {

constexpr std::uint8_t kControlSustain = 64;
constexpr std::uint8_t kControlAllSoundOff = 120;
constexpr std::uint8_t kControlAllNotesOff = 123;

std::uint8_t velocityOf(double value, long least) noexcept {
    return static_cast<std::uint8_t>(std::clamp(std::lround(value * 127.0), least, 127L));
}

/// Passes events on and lets the preview voice hear them.
class OverheardSink final : public EventSink {
public:
    OverheardSink(EventSink& host, PreviewVoice& voice) noexcept : host_(host), voice_(voice) {}
    bool emit(const OutputEvent& event) noexcept override {
        voice_.hear(event);
        return host_.emit(event);
    }

private:
    EventSink& host_;
    PreviewVoice& voice_;
};

} // namespace

void BlockProcessor::reset(double sampleRateHz) noexcept {
    tracker_.reset(sampleRateHz);
    audioTap_.interrupt();
    plan_.clear();
    preview_.reset(sampleRateHz, loadAcquire(shared_.audition));
    gaveUpWaiting_ = false;
}

void BlockProcessor::process(const HostTransport& host, std::int32_t numSamples, bool offline, std::span<const InputEvent> events, EventSink& hostSink,
                             const AudioInput& audio) noexcept {
    OverheardSink sink(hostSink, preview_);
    count(shared_.counters.blocks);
    sounding_.beginBlock(sink, tracker_.block());
    if (numSamples > 0) {
        const BlockTimeline& block = tracker_.advance(host, numSamples);
        if (block.discontinuity) {
            plan_.clear();
            gaveUpWaiting_ = false;
        }
        if (block.discontinuity || block.startsWithWrap) sounding_.releaseAll(0);
    }
    takePostedRoles();
    for (const InputEvent& event : events) stamp(event, numSamples > 0);
    if (numSamples > 0) tapAudio(audio, events, offline);
    if (numSamples > 0) publishTransport(shared_, tracker_, host, offline);

    drainPlan();
    if (offline && numSamples > 0) waitForHorizon();
    if (numSamples > 0) {
        play(events);
        countShortfall(offline);
    } else {
        flush(events);
    }

    count(shared_.counters.jumps, tracker_.jumps() - countedJumps_);
    countedJumps_ = tracker_.jumps();
    count(shared_.counters.output_drops, sounding_.refused() - countedRefusals_);
    countedRefusals_ = sounding_.refused();
}

void BlockProcessor::stamp(const InputEvent& event, bool insideBlock) noexcept {
    const BlockTimeline& block = tracker_.block();
    const double ppq = block.playing && insideBlock ? std::clamp(block.ppqAt(event.offsetSamples), block.startPpq, block.endPpq) : block.endPpq;
    const std::uint32_t epoch = tracker_.epoch();
    switch (event.kind) {
        case InputKind::noteOn: tap_.noteOn(ppq, epoch, event.channel, event.data1, velocityOf(event.value, 1)); break;
        case InputKind::noteOff: tap_.noteOff(ppq, epoch, event.channel, event.data1, velocityOf(event.value, 0)); break;
        case InputKind::control: tap_.control(ppq, epoch, event.channel, event.data1, event.value); break;
        case InputKind::parameter:
            plan_.told().forget(event.paramId);
            tap_.parameter(ppq, epoch, event.paramId, event.value);
            break;
        case InputKind::polyPressure: break; // passed through only: the engine has no use for it
    }
}

// Whoever reads the transport finds the block's samples in the ring: they are written before it is published.
void BlockProcessor::tapAudio(const AudioInput& audio, std::span<const InputEvent> events, bool offline) noexcept {
    const BlockTimeline& block = tracker_.block();
    if (!block.playing || audio.channelCount <= 0 || !listens(events)) {
        audioTap_.interrupt();
        return;
    }
    if (offline && !audioTap_.hasRoom(block.numSamples)) waitForAudioRoom();
    audioTap_.write(audio, block, tracker_.epoch(), tracker_.sampleRateHz());
}

/// At any moment of the block: the engine knows from the events themselves where it begins and ends to listen.
bool BlockProcessor::listens(std::span<const InputEvent> events) const noexcept {
    bool audioMotif = values_.audioMotif;
    bool armed = values_.armed;
    for (const InputEvent& event : events) {
        if (event.kind != InputKind::parameter || event.value < 0.5) continue;
        const std::uint32_t role = roles_.roleOf(event.paramId);
        audioMotif = audioMotif || role == MM_ROLE_AUDIO_MOTIF;
        armed = armed || role == MM_ROLE_ARM;
    }
    return audioMotif && armed;
}

/// Offline blocks may come faster than the engine analyses them.
void BlockProcessor::waitForAudioRoom() noexcept {
    if (!engineLoaded_.load(std::memory_order_acquire)) return;
    const std::int32_t samples = tracker_.block().numSamples;
    const std::int64_t deadline = monotonicNanoseconds() + (gaveUpWaiting_ ? std::min(offlineWaitNs_, kOfflineWaitAfterTimeoutNs) : offlineWaitNs_);
    for (std::uint32_t round = 0; !audioTap_.hasRoom(samples); ++round) {
        if (loadAcquire(shared_.engine_state) == MM_ENGINE_FAULTED || monotonicNanoseconds() > deadline) return;
        offlinePause(round);
    }
}

// A block without samples: hosts use it to hand over parameters while nothing runs.
void BlockProcessor::flush(std::span<const InputEvent> events) noexcept {
    for (const InputEvent& event : events) {
        if (event.kind == InputKind::parameter) applyParameter(event);
        else playInput(event);
    }
}

// Scheduled notes and input are woven together sample by sample. At one sample the order is: loop wrap, parameters,
// ends of generated notes, input as the host ordered it, generated notes.
void BlockProcessor::play(std::span<const InputEvent> events) noexcept {
    const BlockTimeline& block = tracker_.block();
    std::size_t nextEvent = 0;
    std::int32_t nextWrap = 0;
    std::int32_t position = 0;
    const std::int32_t end = block.numSamples;
    for (;;) {
        std::int32_t stop = end;
        if (nextEvent < events.size()) stop = std::min(stop, events[nextEvent].offsetSamples);
        if (nextWrap < block.wrapCount) stop = std::min(stop, block.wrapOffsets[static_cast<std::size_t>(nextWrap)]);
        playScheduled(position, stop);
        position = stop;
        const bool wraps = nextWrap < block.wrapCount && block.wrapOffsets[static_cast<std::size_t>(nextWrap)] <= stop;
        const bool plays = nextEvent < events.size() && events[nextEvent].offsetSamples <= stop;
        if (!wraps && !plays) break;
        if (wraps) {
            sounding_.releaseAll(stop);
            ++nextWrap;
            continue;
        }
        bool endsPlayed = false;
        for (; nextEvent < events.size() && events[nextEvent].offsetSamples <= stop; ++nextEvent) {
            if (events[nextEvent].kind == InputKind::parameter) {
                applyParameter(events[nextEvent]);
                continue;
            }
            if (!endsPlayed) playEndsAt(stop);
            endsPlayed = true;
            playInput(events[nextEvent]);
        }
    }
    if (block.playing) plan_.countBegunBars(block.endPpq);
}

/// Ends and onsets in [fromOffset, untilOffset); at equal samples ends come first. Late ones sound at fromOffset.
void BlockProcessor::playScheduled(std::int32_t fromOffset, std::int32_t untilOffset) noexcept {
    const BlockTimeline& block = tracker_.block();
    if (!block.playing) return;
    const std::int64_t until = block.startSample + untilOffset;
    const auto offsetOf = [&](std::int64_t sample) {
        return static_cast<std::int32_t>(std::max(sample, block.startSample + fromOffset) - block.startSample);
    };
    for (;;) {
        const PendingNote* note = plan_.next();
        const std::int64_t onset = note == nullptr ? INT64_MAX : block.sampleOf(note->onsetPpq);
        const std::int64_t release = sounding_.nextEndSample();
        if (std::min(onset, release) >= until) return;
        if (release <= onset) {
            sounding_.endNext(offsetOf(release));
            continue;
        }
        if (!values_.bypass) {
            const float velocity = static_cast<float>(note->velocity) / 127.0f;
            if (sounding_.startGenerated(offsetOf(onset), outputChannel(note->channel), note->pitch, velocity, note->endPpq)) {
                count(shared_.counters.notes_out);
            }
        }
        plan_.takeNext();
    }
}

void BlockProcessor::playEndsAt(std::int32_t offset) noexcept {
    const BlockTimeline& block = tracker_.block();
    if (!block.playing) return;
    while (sounding_.nextEndSample() <= block.startSample + offset) sounding_.endNext(offset);
}

void BlockProcessor::playInput(const InputEvent& event) noexcept {
    const std::int32_t offset = event.offsetSamples;
    const auto value = static_cast<float>(event.value);
    if (event.kind == InputKind::noteOff) { // also while thru is off: the note may have begun before
        sounding_.endThru(offset, event.channel, event.data1, value);
        return;
    }
    if (!values_.thru) return;
    const std::uint8_t channel = outputChannel(event.channel);
    switch (event.kind) {
        case InputKind::noteOn: sounding_.startThru(offset, event.channel, channel, event.data1, value); break;
        case InputKind::control: sounding_.emit(OutputKind::control, offset, channel, event.data1, value); break;
        case InputKind::polyPressure: sounding_.emit(OutputKind::polyPressure, offset, channel, event.data1, value); break;
        case InputKind::noteOff:
        case InputKind::parameter: break;
    }
}

void BlockProcessor::applyParameter(const InputEvent& event) noexcept {
    const bool on = event.value >= 0.5;
    switch (roles_.roleOf(event.paramId)) {
        case MM_ROLE_BYPASS: setBypass(on, event.offsetSamples); break;
        case MM_ROLE_THRU: setThru(on, event.offsetSamples); break;
        case MM_ROLE_OUTPUT_CHANNEL: values_.outputChannel = Roles::outputChannelOf(event.value); break;
        case MM_ROLE_AUDIO_MOTIF: values_.audioMotif = on; break;
        case MM_ROLE_ARM: values_.armed = on; break;
        case MM_ROLE_PREVIEW: values_.preview.on = on; break;
        case MM_ROLE_PREVIEW_LEVEL: values_.preview.level = static_cast<float>(std::clamp(event.value, 0.0, 1.0)); break;
        case MM_ROLE_PREVIEW_SOUND: values_.preview.sound = Roles::previewSoundOf(event.value); break;
        case MM_ROLE_PANIC:
            if (on && !panicHeld_) panic(event.offsetSamples);
            panicHeld_ = on;
            break;
        default: break;
    }
}

void BlockProcessor::setBypass(bool bypass, std::int32_t offset) noexcept {
    if (bypass && !values_.bypass) sounding_.releaseAll(offset);
    values_.bypass = bypass;
}

void BlockProcessor::setThru(bool thru, std::int32_t offset) noexcept {
    if (!thru && values_.thru) sounding_.releaseOwned(SoundingNotes::Owner::thru, offset);
    values_.thru = thru;
}

void BlockProcessor::panic(std::int32_t offset) noexcept {
    sounding_.releaseAll(offset);
    for (std::uint8_t channel = 0; channel < 16; ++channel) {
        sounding_.emit(OutputKind::control, offset, channel, kControlSustain, 0);
        sounding_.emit(OutputKind::control, offset, channel, kControlAllSoundOff, 0);
        sounding_.emit(OutputKind::control, offset, channel, kControlAllNotesOff, 0);
    }
}

void BlockProcessor::takePostedRoles() noexcept {
    RoleValues posted;
    if (!roles_.takePosted(posted)) return;
    setBypass(posted.bypass, 0);
    setThru(posted.thru, 0);
    values_ = posted;
}

void BlockProcessor::drainPlan() noexcept {
    bool cancelled = false;
    plan_.drain(tracker_.block(), tracker_.epoch(), tracker_.gridGeneration(), cancelled);
    if (cancelled) sounding_.releaseOwned(SoundingNotes::Owner::generated, 0);
    obeyTold();
}

// A program, Undo or a learned controller may set a parameter that this thread obeys itself.
void BlockProcessor::obeyTold() noexcept {
    for (ToldParameter& told : plan_.told().waiting()) {
        if (!told.fresh) continue;
        told.fresh = false;
        InputEvent event{};
        event.kind = InputKind::parameter;
        event.paramId = told.id;
        event.value = told.value;
        applyParameter(event);
    }
}

bool BlockProcessor::horizonReached() const noexcept {
    return plan_.horizonPpq() >= tracker_.block().endPpq - kOnsetEpsilonPpq;
}

void BlockProcessor::waitForHorizon() noexcept {
    if (!tracker_.block().playing || horizonReached() || !engineLoaded_.load(std::memory_order_acquire)) return;
    count(shared_.counters.offline_waits);
    const std::int64_t bound = gaveUpWaiting_ ? std::min(offlineWaitNs_, kOfflineWaitAfterTimeoutNs) : offlineWaitNs_;
    const std::int64_t deadline = monotonicNanoseconds() + bound;
    for (std::uint32_t round = 0; !horizonReached(); ++round) {
        if (loadAcquire(shared_.engine_state) == MM_ENGINE_FAULTED) return;
        if (monotonicNanoseconds() > deadline) {
            count(shared_.counters.offline_timeouts);
            gaveUpWaiting_ = true;
            return;
        }
        offlinePause(round);
        drainPlan();
    }
    gaveUpWaiting_ = false;
}

void BlockProcessor::countShortfall(bool offline) noexcept {
    if (offline || !tracker_.block().playing || horizonReached()) return;
    if (loadAcquire(shared_.engine_state) == MM_ENGINE_ANSWERING) count(shared_.counters.shortfall_blocks);
}

std::uint8_t BlockProcessor::outputChannel(std::uint8_t channel) const noexcept {
    return values_.outputChannel == 0 ? channel : static_cast<std::uint8_t>(values_.outputChannel - 1);
}

} // namespace midimuse::rt
