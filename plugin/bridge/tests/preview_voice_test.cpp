// The preview voice alone: silent when it is off, heard when it is on, never beyond full scale, and over after the notes.
#include "check.h"

#include "../rt/preview_voice.h"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace midimuse::rt;
using namespace midimuse::tests;

namespace {

constexpr std::int32_t kBlock = 512;
constexpr double kSampleRateHz = 48000;

OutputEvent note(OutputKind kind, std::uint8_t pitch, std::int32_t offset = 0, std::uint8_t channel = 0) {
    return OutputEvent{0, 0.8f, offset, kind, channel, pitch};
}

struct Rendered {
    std::vector<float> samples;
    int heardBlocks = 0;

    float peak() const {
        float most = 0;
        for (const float sample : samples) most = std::max(most, std::fabs(sample));
        return most;
    }
};

Rendered render(PreviewVoice& voice, int blocks, const PreviewSettings& settings) {
    Rendered rendered;
    for (int block = 0; block < blocks; ++block) {
        std::vector<float> left(kBlock), right(kBlock);
        float* const channels[] = {left.data(), right.data()};
        if (voice.render(std::span<float* const>(channels), kBlock, settings)) ++rendered.heardBlocks;
        CHECK(left == right);
        rendered.samples.insert(rendered.samples.end(), left.begin(), left.end());
    }
    return rendered;
}

const PreviewSettings kOn{true, 1.0f, PreviewSound::automatic};

void off_means_silence() {
    PreviewVoice voice;
    voice.reset(kSampleRateHz);
    voice.hear(note(OutputKind::noteOn, 60));
    const Rendered rendered = render(voice, 4, PreviewSettings{});
    CHECK_EQUAL(rendered.heardBlocks, 0);
    CHECK_EQUAL(rendered.peak(), 0.0f);
    // What was heard while it was off does not sound afterwards.
    CHECK_EQUAL(render(voice, 1, kOn).heardBlocks, 0);
}

// Oracle: the number of zero crossings of a tone of 440 Hz.
void a_note_sounds_at_its_pitch_and_its_sample() {
    PreviewVoice voice;
    voice.reset(kSampleRateHz);
    voice.hear(note(OutputKind::noteOn, 69, 100));
    const Rendered rendered = render(voice, 94, kOn);
    CHECK_EQUAL(rendered.samples[99], 0.0f);
    CHECK(rendered.peak() > 0.1f);
    int crossings = 0;
    for (std::size_t i = 12000; i < 36000; ++i) {
        if (rendered.samples[i - 1] < 0 && rendered.samples[i] >= 0) ++crossings;
    }
    CHECK_NEAR(crossings, 220.0, 1.0);
}

void every_sound_ends_after_its_notes() {
    for (const PreviewSound sound : {PreviewSound::keys, PreviewSound::bass, PreviewSound::drums}) {
        PreviewVoice voice;
        voice.reset(kSampleRateHz);
        for (std::uint8_t pitch = 30; pitch < 60; ++pitch) voice.hear(note(OutputKind::noteOn, pitch));
        CHECK(render(voice, 20, PreviewSettings{true, 1.0f, sound}).peak() > 0.05f);
        for (std::uint8_t pitch = 30; pitch < 60; ++pitch) voice.hear(note(OutputKind::noteOff, pitch));
        render(voice, 600, PreviewSettings{true, 1.0f, sound});
        CHECK_EQUAL(render(voice, 1, PreviewSettings{true, 1.0f, sound}).heardBlocks, 0);
    }
}

void more_notes_than_voices_stay_below_full_scale() {
    PreviewVoice voice;
    voice.reset(kSampleRateHz);
    for (int i = 0; i < 4000; ++i) voice.hear(note(OutputKind::noteOn, static_cast<std::uint8_t>(i % 128), 0, static_cast<std::uint8_t>(i % 16)));
    const Rendered rendered = render(voice, 50, kOn);
    CHECK(rendered.peak() > 0.1f);
    CHECK(rendered.peak() <= 1.0f);
    for (const float sample : rendered.samples) CHECK(std::isfinite(sample));
}

void the_level_scales_and_panic_ends_everything() {
    PreviewVoice loud, quiet;
    loud.reset(kSampleRateHz);
    quiet.reset(kSampleRateHz);
    loud.hear(note(OutputKind::noteOn, 60));
    quiet.hear(note(OutputKind::noteOn, 60));
    const float full = render(loud, 10, kOn).peak();
    const float half = render(quiet, 10, PreviewSettings{true, 0.5f, PreviewSound::automatic}).peak();
    CHECK_NEAR(half, full / 2, 1e-6);
    loud.hear(OutputEvent{0, 0, 0, OutputKind::control, 0, 123});
    render(loud, 400, kOn);
    CHECK_EQUAL(render(loud, 1, kOn).heardBlocks, 0);
}

// Oracle: the same music in one long and in many short blocks.
void the_sound_does_not_depend_on_the_block_size() {
    PreviewVoice whole, pieces;
    whole.reset(kSampleRateHz);
    pieces.reset(kSampleRateHz);
    std::vector<float> expected(kBlock), actual(kBlock);
    whole.hear(note(OutputKind::noteOn, 64, 200));
    float* const all[] = {expected.data()};
    whole.render(std::span<float* const>(all), kBlock, kOn);
    for (std::int32_t start = 0; start < kBlock; start += 64) {
        if (start == 192) pieces.hear(note(OutputKind::noteOn, 64, 8));
        float* const part[] = {actual.data() + start};
        pieces.render(std::span<float* const>(part), 64, kOn);
    }
    CHECK(expected == actual);
}

std::uint32_t audition(std::uint32_t count, std::uint32_t pitch, bool held, std::uint32_t channel = 0) {
    return (count << 24) | (held ? 1u << 18 : 0u) | (channel << 14) | (100u << 7) | pitch;
}

// Oracle: zero crossings at 440 Hz; the voice is off all the time.
void a_note_that_is_pointed_at_sounds_at_its_pitch_while_it_is_held() {
    PreviewVoice voice;
    voice.reset(kSampleRateHz);
    const PreviewSettings off{false, 1.0f, PreviewSound::automatic};
    voice.audition(audition(1, 69, true));
    voice.hear(note(OutputKind::noteOn, 60)); // not heard: the voice is off
    const Rendered held = render(voice, 94, off);
    CHECK_EQUAL(held.heardBlocks, 94);
    int crossings = 0;
    for (std::size_t i = 12000; i < 36000; ++i) {
        if (held.samples[i - 1] < 0 && held.samples[i] >= 0) ++crossings;
    }
    CHECK_NEAR(crossings, 220.0, 1.0);
    voice.audition(audition(1, 69, false));
    render(voice, 200, off);
    CHECK_EQUAL(render(voice, 1, off).heardBlocks, 0);
}

void a_click_that_is_over_within_a_block_is_heard_all_the_same() {
    PreviewVoice voice;
    voice.reset(kSampleRateHz);
    voice.audition(audition(7, 64, false));
    const Rendered clicked = render(voice, 10, PreviewSettings{});
    CHECK(clicked.peak() > 0.05f);
    CHECK_EQUAL(clicked.heardBlocks, 10);
    render(voice, 300, PreviewSettings{});
    CHECK_EQUAL(render(voice, 1, PreviewSettings{}).heardBlocks, 0);
}

void what_was_pointed_at_before_a_reset_is_not_heard() {
    PreviewVoice voice;
    voice.reset(kSampleRateHz, audition(3, 60, true));
    voice.audition(audition(3, 60, true));
    CHECK_EQUAL(render(voice, 1, kOn).heardBlocks, 0);
}

// Oracle: a bass and a drum are other signals than keys.
void automatic_takes_the_sound_of_the_answers_role() {
    const auto sound = [](std::uint8_t channel, const PreviewSettings& settings) {
        PreviewVoice voice;
        voice.reset(kSampleRateHz);
        voice.hear(note(OutputKind::noteOn, 40, 0, channel));
        return render(voice, 8, settings).samples;
    };
    PreviewSettings bassAnswer = kOn;
    bassAnswer.answerSound = PreviewSound::bass;
    CHECK(sound(0, bassAnswer) == sound(0, PreviewSettings{true, 1.0f, PreviewSound::bass}));
    CHECK(sound(0, kOn) == sound(0, PreviewSettings{true, 1.0f, PreviewSound::keys}));
    CHECK(sound(9, bassAnswer) == sound(9, PreviewSettings{true, 1.0f, PreviewSound::drums}));
    CHECK(sound(0, bassAnswer) != sound(0, kOn));
}

} // namespace

int main() {
    a_note_that_is_pointed_at_sounds_at_its_pitch_while_it_is_held();
    a_click_that_is_over_within_a_block_is_heard_all_the_same();
    what_was_pointed_at_before_a_reset_is_not_heard();
    automatic_takes_the_sound_of_the_answers_role();
    off_means_silence();
    a_note_sounds_at_its_pitch_and_its_sample();
    every_sound_ends_after_its_notes();
    more_notes_than_voices_stay_below_full_scale();
    the_level_scales_and_panic_ends_everything();
    the_sound_does_not_depend_on_the_block_size();
    return finish();
}
