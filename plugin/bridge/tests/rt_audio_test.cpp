// The audio input's way into the ring. Oracle: the samples that went in, and the position of each by the tempo.
#include "check.h"
#include "rt_harness.h"

#include <thread>

using namespace midimuse::tests;

namespace {

constexpr std::uint32_t kAudioMotif = 140, kArm = 1;

/// The engine's side of the audio ring.
struct Heard {
    std::vector<float> samples;
    std::vector<double> ppq;
    std::vector<mm_audio_anchor> anchors;

    void read(mm_shared& shared) {
        const std::uint32_t write = loadAcquire(shared.audio_indices.write);
        for (std::uint32_t a = shared.anchor_indices.read; a != loadAcquire(shared.anchor_indices.write); ++a) {
            anchors.push_back(shared.anchor[a % MM_AUDIO_ANCHOR_CAPACITY]);
            storeRelease(shared.anchor_indices.read, a + 1);
        }
        for (std::uint32_t i = shared.audio_indices.read; i != write; ++i) {
            while (anchor_ + 1 < anchors.size() && static_cast<std::int32_t>(i - anchors[anchor_ + 1].first_sample) >= 0) ++anchor_;
            samples.push_back(shared.audio[i % MM_AUDIO_RING_CAPACITY]);
            ppq.push_back(anchors[anchor_].timeline_ppq + (i - anchors[anchor_].first_sample) * anchors[anchor_].ppq_per_sample);
        }
        storeRelease(shared.audio_indices.read, write);
    }

private:
    std::size_t anchor_ = 0;
};

float wave(std::int64_t sample) { return static_cast<float>(std::sin(static_cast<double>(sample) * 0.01)); }

class Singer {
public:
    Singer() {
        rig.processor->roles().bind({kAudioMotif, MM_ROLE_AUDIO_MOTIF});
        rig.processor->roles().bind({kArm, MM_ROLE_ARM});
        RoleValues values;
        values.audioMotif = values.armed = true;
        rig.processor->roles().post(values);
        rig.host.playing = true;
    }

    void block(std::int32_t samples, std::vector<InputEvent> events = {}, bool offline = false, bool connected = true) {
        left.resize(static_cast<std::size_t>(samples));
        right.resize(static_cast<std::size_t>(samples));
        for (std::int32_t i = 0; i < samples; ++i) {
            left[static_cast<std::size_t>(i)] = 2 * wave(rig.now + i);
            right[static_cast<std::size_t>(i)] = 0;
        }
        const float* channels[2] = {left.data(), right.data()};
        AudioInput audio;
        audio.channelCount = connected ? 2 : 0;
        audio.channels32 = channels;
        rig.recorder.begin(rig.now, samples);
        rig.processor->process(rig.host.transport(), samples, offline, events, rig.recorder, audio);
        rig.host.move(samples);
        rig.now += samples;
    }

    Rig rig;
    std::vector<float> left, right;
};

void samples_arrive_with_their_positions_for_every_block_size() {
    std::mt19937 random(7);
    for (const std::int32_t fixed : {1, 64, 4096, 0}) {
        Singer singer;
        Heard heard;
        while (singer.rig.now < 20'000) {
            singer.block(fixed > 0 ? fixed : 1 + static_cast<std::int32_t>(random() % 2000));
            heard.read(*singer.rig.shared);
        }
        CHECK_EQUAL(heard.anchors.size(), std::size_t{1});
        CHECK(heard.samples.size() >= 20'000);
        const double perSample = 120 / 60.0 / 48000;
        for (std::size_t i = 0; i < heard.samples.size(); ++i) {
            CHECK(std::fabs(heard.samples[i] - wave(static_cast<std::int64_t>(i))) < 1e-6f);
            CHECK(std::fabs(heard.ppq[i] - static_cast<double>(i) * perSample) < 1e-9);
        }
        CHECK_EQUAL(heard.anchors[0].epoch, singer.rig.shared->transport.epoch);
        CHECK_EQUAL(heard.anchors[0].sample_rate_hz, 48000.0);
    }
}

void nothing_is_passed_on_unless_asked_for_armed_playing_and_connected() {
    Singer singer;
    Heard heard;
    const auto passes = [&](std::vector<InputEvent> events = {}, bool connected = true) {
        const std::size_t before = heard.samples.size();
        singer.block(64, std::move(events), false, connected);
        heard.read(*singer.rig.shared);
        return heard.samples.size() > before;
    };
    CHECK(passes());
    CHECK(!passes({}, false));
    CHECK(passes({Rig::set(32, kArm, 0)}));     // until then
    CHECK(!passes());
    CHECK(passes({Rig::set(63, kArm, 1)}));     // from then on
    CHECK(passes({Rig::set(0, kAudioMotif, 0)}));
    CHECK(!passes());
    CHECK(passes({Rig::set(0, kAudioMotif, 1)}));
    singer.rig.host.playing = false;
    CHECK(!passes());
}

void a_change_of_tempo_and_a_gap_have_an_anchor() {
    Singer singer;
    Heard heard;
    for (int i = 0; i < 4; ++i) singer.block(480);
    singer.rig.host.tempo = 60;
    for (int i = 0; i < 4; ++i) singer.block(480);
    singer.block(480, {}, false, false); // disconnected for a block
    singer.block(480);
    heard.read(*singer.rig.shared);
    CHECK_EQUAL(heard.anchors.size(), std::size_t{3});
    CHECK(std::fabs(heard.ppq[4 * 480] - 0.08) < 1e-9);
    CHECK(std::fabs(heard.ppq[8 * 480 - 1] - (0.08 + (4 * 480 - 1) / 48000.0)) < 1e-9);
    CHECK(std::fabs(heard.ppq[8 * 480] - (0.12 + 480 / 48000.0 - 0.0)) < 1e-9);
}

void a_full_ring_drops_whole_blocks_and_counts_them() {
    Singer singer;
    Heard heard;
    const std::int32_t blocks = static_cast<std::int32_t>(MM_AUDIO_RING_CAPACITY / 4096);
    for (std::int32_t i = 0; i < blocks + 3; ++i) singer.block(4096);
    CHECK_EQUAL(singer.rig.shared->counters.audio_drops, std::uint64_t{3 * 4096});
    heard.read(*singer.rig.shared);
    singer.block(4096);
    heard.read(*singer.rig.shared);
    CHECK_EQUAL(heard.anchors.size(), std::size_t{2});
    CHECK_EQUAL(heard.samples.size(), static_cast<std::size_t>(blocks + 1) * 4096);
    CHECK(std::fabs(heard.samples.back() - wave(singer.rig.now - 1)) < 1e-6f);
    CHECK(std::fabs(heard.ppq.back() - static_cast<double>(singer.rig.now - 1) / 24000) < 1e-9);
}

void offline_the_ring_is_waited_for() {
    Singer singer;
    singer.rig.processor->setEngineLoaded(true);
    Heard heard;
    std::atomic<bool> done{false};
    singer.block(4096); // now there is an epoch that a horizon can be of
    singer.rig.engine.horizon(1e9);
    std::thread engine([&] {
        while (!done.load()) heard.read(*singer.rig.shared);
    });
    const std::int32_t blocks = static_cast<std::int32_t>(3 * MM_AUDIO_RING_CAPACITY / 4096);
    for (std::int32_t i = 1; i < blocks; ++i) singer.block(4096, {}, true);
    CHECK_EQUAL(singer.rig.shared->counters.offline_timeouts, std::uint64_t{0});
    done.store(true);
    engine.join();
    heard.read(*singer.rig.shared);
    CHECK_EQUAL(singer.rig.shared->counters.audio_drops, std::uint64_t{0});
    CHECK_EQUAL(heard.samples.size(), static_cast<std::size_t>(blocks) * 4096);
}

void what_is_no_number_is_silence() {
    Singer singer;
    Heard heard;
    std::vector<double> bad(64, NAN);
    bad[1] = INFINITY;
    bad[2] = 0.25;
    const double* channels[1] = {bad.data()};
    AudioInput audio;
    audio.channelCount = 1;
    audio.channels64 = channels;
    singer.rig.recorder.begin(0, 64);
    singer.rig.processor->process(singer.rig.host.transport(), 64, false, {}, singer.rig.recorder, audio);
    heard.read(*singer.rig.shared);
    CHECK_EQUAL(heard.samples[0], 0.0f);
    CHECK_EQUAL(heard.samples[1], 0.0f);
    CHECK_EQUAL(heard.samples[2], 0.25f);
}

} // namespace

int main() {
    samples_arrive_with_their_positions_for_every_block_size();
    nothing_is_passed_on_unless_asked_for_armed_playing_and_connected();
    a_change_of_tempo_and_a_gap_have_an_anchor();
    a_full_ring_drops_whole_blocks_and_counts_them();
    offline_the_ring_is_waited_for();
    what_is_no_number_is_silence();
    return finish();
}
