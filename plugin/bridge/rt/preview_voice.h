// A small sound of its own, so that a newcomer hears the answer before it is routed anywhere. Not an instrument: keys,
// bass and drums, sixteen voices. [audio]
#pragma once

#include "midi_event.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace midimuse::rt {

/// MM_SOUND_
enum class PreviewSound : std::uint8_t { automatic, keys, bass, drums };

struct PreviewSettings {
    bool on = false;
    float level = 0.5f; // 0..1
    PreviewSound sound = PreviewSound::automatic;
    PreviewSound answerSound = PreviewSound::automatic; // what automatic means where the channel does not say drums
};

class PreviewVoice {
public:
    static constexpr std::size_t kVoices = 16;
    static constexpr std::size_t kEventsPerBlock = 1024;

    /// [main] while process() does not run. `audition`: the word as it stands; what was asked for before is not heard.
    void reset(double sampleRateHz, std::uint32_t audition = 0) noexcept;

    /// Remembers what leaves in this block; offsets never decrease. Further ones than fit are not heard.
    void hear(const OutputEvent& event) noexcept;

    /// What the player points at: mm_shared.audition as it stands. Heard even where the voice is off.
    void audition(std::uint32_t word) noexcept { wantedAudition_ = word; }

    /// Writes the block to the channels; forgets what was heard. False where it stays silent, and nothing is written.
    template <class Sample>
    bool render(std::span<Sample* const> channels, std::int32_t numSamples, const PreviewSettings& settings) noexcept;

private:
    enum class Shape : std::uint8_t { keys, bass, tone, noise, sweep };

    struct Voice {
        double phase = 0;      // turns
        double step = 0;       // turns a sample
        double stepFactor = 1; // a falling pitch, per sample
        float envelope = 0;
        float decay = 0;       // per sample, while held
        float release = 0;     // per sample, after the note-off
        float brightness = 0;
        float brightnessDecay = 0;
        float filter = 0;      // state of the noise's one-pole filter
        float noiseColour = 0; // 0 dark .. 1 bright
        float attack = 0;      // 0..1, ramps up to keep starts from clicking
        std::uint32_t age = 0;
        Shape shape = Shape::keys;
        std::uint8_t channel = 0;
        std::uint8_t pitch = 0;
        bool held = false;
        bool active = false;
    };

    void start(const OutputEvent& event, const PreviewSettings& settings) noexcept;
    void startPitched(Voice& voice, std::uint8_t pitch, PreviewSound sound) noexcept;
    void startDrum(Voice& voice, std::uint8_t pitch) noexcept;
    void end(std::uint8_t channel, std::uint8_t pitch) noexcept;
    void endAll() noexcept;
    Voice& freeVoice() noexcept;
    float next(Voice& voice) noexcept;
    float noise() noexcept;
    float perSample(float seconds) const noexcept;
    void apply(const OutputEvent& event, const PreviewSettings& settings) noexcept;
    void followAudition(std::int32_t numSamples, const PreviewSettings& settings) noexcept;
    void silencePlayed() noexcept;

    std::array<Voice, kVoices> voices_{};
    std::array<OutputEvent, kEventsPerBlock> events_; // only [0, eventCount_) is written
    std::size_t eventCount_ = 0;
    double sampleRateHz_ = 48000;
    std::uint32_t age_ = 0;
    std::uint32_t noiseState_ = 0x9E3779B9u;
    bool wasOn_ = false;
    std::uint32_t wantedAudition_ = 0;
    std::uint32_t heardAudition_ = 0;
    std::int32_t auditionSamplesLeft_ = 0; // that the note sounds at least
};

} // namespace midimuse::rt
