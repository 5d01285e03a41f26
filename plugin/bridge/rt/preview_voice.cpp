#include "preview_voice.h"

#include "../include/midimuse_abi.h"

#include <algorithm>
#include <cmath>

namespace midimuse::rt {

namespace {

constexpr float kSilence = 1e-4f;
constexpr float kAttackSeconds = 0.002f;
constexpr std::uint8_t kDrumChannel = 9; // General MIDI's channel 10
constexpr std::uint8_t kAuditionChannel = 16; // no event has it
constexpr double kShortestAuditionSeconds = 0.15; // a click is shorter
constexpr std::uint8_t kControlAllSoundOff = 120;
constexpr std::uint8_t kControlAllNotesOff = 123;
constexpr double kTurn = 6.283185307179586;

double hertzOf(double pitch) noexcept { return 440.0 * std::exp2((pitch - 69.0) / 12.0); }

// Loud chords bend instead of clipping: |x| stays below 1.
float soften(float x) noexcept { return x / (1.0f + std::fabs(x)); }

} // namespace

void PreviewVoice::reset(double sampleRateHz, std::uint32_t audition) noexcept {
    sampleRateHz_ = sampleRateHz > 0 ? sampleRateHz : 48000;
    voices_.fill(Voice{});
    eventCount_ = 0;
    wantedAudition_ = heardAudition_ = audition;
    auditionSamplesLeft_ = 0;
}

void PreviewVoice::hear(const OutputEvent& event) noexcept {
    if (eventCount_ < events_.size()) events_[eventCount_++] = event;
}

float PreviewVoice::perSample(float seconds) const noexcept {
    return static_cast<float>(std::exp(-1.0 / (static_cast<double>(seconds) * sampleRateHz_)));
}

// xorshift32: the same noise in every render.
float PreviewVoice::noise() noexcept {
    noiseState_ ^= noiseState_ << 13;
    noiseState_ ^= noiseState_ >> 17;
    noiseState_ ^= noiseState_ << 5;
    return static_cast<float>(noiseState_) * (2.0f / 4294967296.0f) - 1.0f;
}

PreviewVoice::Voice& PreviewVoice::freeVoice() noexcept {
    Voice* oldest = &voices_[0];
    for (Voice& voice : voices_) {
        if (!voice.active) return voice;
        if (voice.age < oldest->age) oldest = &voice;
    }
    return *oldest;
}

void PreviewVoice::start(const OutputEvent& event, const PreviewSettings& settings) noexcept {
    end(event.channel, event.data1);
    Voice& voice = freeVoice();
    voice = Voice{};
    voice.age = ++age_;
    voice.channel = event.channel;
    voice.pitch = event.data1;
    voice.held = voice.active = true;
    voice.envelope = 0.15f + 0.85f * event.value;
    PreviewSound sound = settings.sound;
    if (sound == PreviewSound::automatic) sound = event.channel == kDrumChannel ? PreviewSound::drums : settings.answerSound;
    if (sound == PreviewSound::drums) startDrum(voice, event.data1);
    else startPitched(voice, event.data1, sound);
}

void PreviewVoice::startPitched(Voice& voice, std::uint8_t pitch, PreviewSound sound) noexcept {
    const bool isBass = sound == PreviewSound::bass;
    voice.shape = isBass ? Shape::bass : Shape::keys;
    voice.step = hertzOf(pitch) / sampleRateHz_;
    // High notes of a struck instrument die sooner.
    voice.decay = perSample(isBass ? 1.2f : 1.6f * std::exp2(static_cast<float>(60 - pitch) / 24.0f));
    voice.release = perSample(isBass ? 0.06f : 0.12f);
    voice.brightness = isBass ? 0.9f : 1.6f * voice.envelope;
    voice.brightnessDecay = perSample(isBass ? 0.25f : 0.35f);
}

// By the map of General MIDI; everything that it does not name here is a tom of its pitch.
void PreviewVoice::startDrum(Voice& voice, std::uint8_t pitch) noexcept {
    const auto setNoise = [&](float seconds, float colour) {
        voice.shape = Shape::noise;
        voice.decay = voice.release = perSample(seconds);
        voice.noiseColour = colour;
    };
    switch (pitch) {
        case 35: case 36: // bass drum
            voice.shape = Shape::sweep;
            voice.step = 150.0 / sampleRateHz_;
            voice.stepFactor = std::exp(-1.0 / (0.06 * sampleRateHz_));
            voice.decay = voice.release = perSample(0.18f);
            break;
        case 37: case 38: case 39: case 40: setNoise(0.11f, 0.55f); break; // snare, clap
        case 42: case 44: setNoise(0.035f, 1.0f); break;                   // closed hi-hat
        case 46: setNoise(0.25f, 1.0f); break;                             // open hi-hat
        case 49: case 51: case 52: case 53: case 55: case 57: case 59: setNoise(0.5f, 0.9f); break; // cymbals
        default:
            voice.shape = Shape::tone;
            voice.step = hertzOf(std::clamp<int>(pitch, 35, 81)) / sampleRateHz_;
            voice.decay = voice.release = perSample(0.15f);
            break;
    }
}

void PreviewVoice::end(std::uint8_t channel, std::uint8_t pitch) noexcept {
    for (Voice& voice : voices_) {
        if (voice.active && voice.held && voice.channel == channel && voice.pitch == pitch) voice.held = false;
    }
}

void PreviewVoice::endAll() noexcept {
    for (Voice& voice : voices_) {
        if (voice.channel != kAuditionChannel) voice.held = false;
    }
}

void PreviewVoice::silencePlayed() noexcept {
    for (Voice& voice : voices_) {
        if (voice.channel != kAuditionChannel) voice = Voice{};
    }
}

void PreviewVoice::followAudition(std::int32_t numSamples, const PreviewSettings& settings) noexcept {
    const std::uint32_t wanted = wantedAudition_;
    const auto pitchOf = [](std::uint32_t word) { return static_cast<std::uint8_t>(MM_AUDITION_PITCH(word)); };
    if (MM_AUDITION_COUNT(wanted) != MM_AUDITION_COUNT(heardAudition_)) {
        end(kAuditionChannel, pitchOf(heardAudition_));
        const bool isDrum = MM_AUDITION_CHANNEL(wanted) == kDrumChannel && settings.sound == PreviewSound::automatic;
        const PreviewSettings sound{true, settings.level, isDrum ? PreviewSound::drums : settings.sound, settings.answerSound};
        start(OutputEvent{0, static_cast<float>(MM_AUDITION_VELOCITY(wanted)) / 127.0f, 0, OutputKind::noteOn, kAuditionChannel, pitchOf(wanted)}, sound);
        auditionSamplesLeft_ = static_cast<std::int32_t>(kShortestAuditionSeconds * sampleRateHz_);
    }
    heardAudition_ = wanted;
    if (MM_AUDITION_HELD(wanted) == 0 && auditionSamplesLeft_ <= 0) end(kAuditionChannel, pitchOf(wanted));
    auditionSamplesLeft_ = std::max(0, auditionSamplesLeft_ - numSamples);
}

float PreviewVoice::next(Voice& voice) noexcept {
    voice.attack = std::min(1.0f, voice.attack + static_cast<float>(1.0 / (static_cast<double>(kAttackSeconds) * sampleRateHz_)));
    voice.envelope *= voice.held ? voice.decay : voice.release;
    if (voice.envelope < kSilence) voice.active = false;
    voice.phase += voice.step;
    voice.phase -= std::floor(voice.phase);
    voice.step *= voice.stepFactor;
    voice.brightness *= voice.brightnessDecay;
    const float turn = static_cast<float>(voice.phase * kTurn);
    float sound = 0;
    switch (voice.shape) {
        case Shape::keys: sound = std::sin(turn + voice.brightness * std::sin(turn)); break;
        case Shape::bass: sound = std::sin(turn) + voice.brightness * (0.5f * std::sin(2 * turn) + 0.25f * std::sin(3 * turn)); break;
        case Shape::tone: sound = std::sin(turn); break;
        case Shape::sweep: sound = 1.6f * std::sin(turn); break;
        case Shape::noise: {
            const float white = noise();
            voice.filter += 0.25f * (white - voice.filter);
            sound = voice.noiseColour * (white - voice.filter) + (1.0f - voice.noiseColour) * 2.0f * voice.filter;
            break;
        }
    }
    return sound * voice.envelope * voice.attack;
}

void PreviewVoice::apply(const OutputEvent& event, const PreviewSettings& settings) noexcept {
    if (event.kind == OutputKind::noteOn) start(event, settings);
    else if (event.kind == OutputKind::noteOff) end(event.channel, event.data1);
    else if (event.kind == OutputKind::control && (event.data1 == kControlAllSoundOff || event.data1 == kControlAllNotesOff)) endAll();
}

template <class Sample>
bool PreviewVoice::render(std::span<Sample* const> channels, std::int32_t numSamples, const PreviewSettings& settings) noexcept {
    const std::size_t count = settings.on ? eventCount_ : 0;
    eventCount_ = 0;
    if (!settings.on && wasOn_) silencePlayed();
    wasOn_ = settings.on;
    followAudition(numSamples, settings);
    bool isHeard = count > 0;
    for (const Voice& voice : voices_) isHeard = isHeard || voice.active;
    if (!isHeard) return false;
    std::size_t nextEvent = 0;
    for (std::int32_t sample = 0; sample < numSamples; ++sample) {
        while (nextEvent < count && events_[nextEvent].offsetSamples <= sample) apply(events_[nextEvent++], settings);
        float sum = 0;
        for (Voice& voice : voices_) {
            if (voice.active) sum += next(voice);
        }
        const float out = soften(0.5f * sum) * settings.level;
        for (Sample* channel : channels) {
            if (channel != nullptr) channel[sample] = static_cast<Sample>(out);
        }
    }
    return true;
}

template bool PreviewVoice::render(std::span<float* const>, std::int32_t, const PreviewSettings&) noexcept;
template bool PreviewVoice::render(std::span<double* const>, std::int32_t, const PreviewSettings&) noexcept;

} // namespace midimuse::rt
