// Continuity, jumps, loops, bars. Oracle: the simulated host's own exact position.
#include "check.h"
#include "rt_harness.h"

using namespace midimuse::tests;

namespace {

/// Follows a host over `blocks` and returns the tracker.
struct Follower {
    TransportTracker tracker;
    SimulatedHost host;

    explicit Follower(double sampleRate = 48000) {
        host.sampleRate = sampleRate;
        tracker.reset(sampleRate);
    }
    const BlockTimeline& block(std::int32_t samples) {
        const BlockTimeline& block = tracker.advance(host.transport(), samples);
        host.move(samples);
        return block;
    }
};

void the_timeline_follows_an_exact_host() {
    Follower f;
    f.host.playing = true;
    f.host.locate(3.25);
    const std::uint32_t before = f.tracker.epoch();
    for (int i = 0; i < 1000; ++i) {
        const double expected = f.host.projectPpq;
        CHECK_NEAR(f.block(511).startPpq, expected, 1e-9);
    }
    CHECK_EQUAL(f.tracker.epoch(), before + 1);
    CHECK_EQUAL(f.tracker.jumps(), 0u);
}

void rounded_positions_are_not_jumps_and_do_not_shake_the_timeline() {
    for (const std::int32_t size : {1, 64, 511, 4096}) {
        Follower f;
        f.host.quantise = true;
        f.host.playing = true;
        for (int i = 0; i < 3000; ++i) {
            const double exact = f.host.projectPpq;
            CHECK_NEAR(f.block(size).ppqAt(0), exact, 1e-9);
        }
        CHECK_EQUAL(f.tracker.jumps(), 0u);
    }
}

void tempo_changes_between_blocks_keep_the_epoch() {
    Follower f;
    f.host.playing = true;
    for (int i = 0; i < 2000; ++i) {
        f.host.tempo = 60 + (i * 7) % 200;
        const double exact = f.host.projectPpq;
        CHECK_NEAR(f.block(100 + i % 400).ppqAt(0), exact, 1e-9);
    }
    CHECK_EQUAL(f.tracker.epoch(), 1u);
}

void a_ramp_inside_blocks_keeps_the_epoch_and_the_timeline_grows() {
    // The host's tempo falls linearly inside the blocks; it reports the one at the block's start.
    TransportTracker tracker;
    tracker.reset(48000);
    double ppq = 0, tempo = 240, lastEnd = 0;
    std::int64_t samples = 0;
    for (int i = 0; i < 400; ++i) {
        HostTransport t;
        t.playing = t.hasProjectPpq = t.hasTempo = true;
        t.tempoBpm = tempo;
        t.projectPpq = ppq;
        t.projectSamples = samples;
        const BlockTimeline& block = tracker.advance(t, 4096);
        CHECK_NEAR(block.ppqAt(0), ppq, 1e-9);
        CHECK(i == 0 || block.startPpq >= lastEnd);
        lastEnd = block.endPpq;
        const double next = std::max(tempo - 0.5, 40.0);
        ppq += (tempo + next) / 2 / 60 / 48000 * 4096;
        tempo = next;
        samples += 4096;
    }
    CHECK_EQUAL(tracker.epoch(), 1u);
    CHECK_EQUAL(tracker.jumps(), 0u);
}

void starts_stops_and_locates_count_epochs() {
    Follower f;
    f.block(64);
    const std::uint32_t first = f.tracker.epoch();
    f.host.playing = true;
    CHECK(f.block(64).discontinuity);
    CHECK_EQUAL(f.tracker.epoch(), first + 1);
    CHECK(!f.block(64).discontinuity);
    f.host.locate(100);
    CHECK(f.block(64).discontinuity);
    CHECK_EQUAL(f.tracker.epoch(), first + 2);
    f.host.locate(2);
    CHECK(f.block(64).discontinuity);
    f.host.playing = false;
    CHECK(f.block(64).discontinuity);
    CHECK_EQUAL(f.tracker.epoch(), first + 4);
    CHECK(!f.block(64).discontinuity);
    CHECK_EQUAL(f.tracker.jumps(), 2u);
}

void a_negative_preroll_is_ordinary() {
    Follower f;
    f.host.playing = true;
    f.host.locate(-2.5);
    f.block(64);
    CHECK_NEAR(f.tracker.barStartPpq(), -4, 1e-12);
    while (f.host.projectPpq < 1) f.block(64);
    f.block(64);
    CHECK_NEAR(f.tracker.barStartPpq(), 0, 1e-12);
    CHECK_EQUAL(f.tracker.jumps(), 0u);
}

void loops_unwrap(bool split, bool quantise, double start, double end, std::int32_t size) {
    Follower f;
    f.host.quantise = quantise;
    f.host.cycle = true;
    f.host.cycleStart = start;
    f.host.cycleEnd = end;
    f.host.playing = true;
    f.host.locate(start);
    const double rate = f.host.ppqPerSample();
    std::int64_t played = 0;
    int wraps = 0;
    while (played < 48000 * 20) {
        const std::int32_t samples = split ? std::min(size, f.host.untilLoopEnd()) : size;
        const BlockTimeline& block = f.block(samples);
        CHECK_NEAR(block.ppqAt(0), start + static_cast<double>(played) * rate, quantise ? 1.0 / 1000 : 1e-6);
        wraps += block.wrapCount + (block.startsWithWrap ? 1 : 0);
        played += samples;
    }
    CHECK_EQUAL(f.tracker.epoch(), 1u);
    const double passes = static_cast<double>(played) * rate / (end - start);
    CHECK_NEAR(wraps, std::floor(passes), 1.01);
}

void loops_unwrap_over_many_passes() {
    for (const bool split : {true, false}) {
        for (const std::int32_t size : {1, 64, 511, 4096}) {
            context = "split " + std::to_string(split) + " size " + std::to_string(size);
            loops_unwrap(split, false, 0, 4, size);
            loops_unwrap(split, false, 2, 9.5, size);
            loops_unwrap(split, false, 0, 0.25, size);
            loops_unwrap(split, true, 0, 4, size);
        }
    }
    context.clear();
}

void a_host_that_drops_the_overshoot_still_loops() {
    Follower f;
    f.host.cycle = true;
    f.host.cycleEnd = 1;
    f.host.playing = true;
    for (int i = 0; i < 200; ++i) {
        const bool crosses = f.host.untilLoopEnd() < 1000;
        f.block(1000);
        if (crosses) f.host.locate(0);
    }
    CHECK_EQUAL(f.tracker.epoch(), 1u);
}

void playing_behind_the_loop_goes_on() {
    Follower f;
    f.host.cycle = true;
    f.host.cycleStart = 0;
    f.host.cycleEnd = 4;
    f.host.playing = true;
    f.host.locate(6);
    for (int i = 0; i < 500; ++i) {
        const double exact = f.host.projectPpq;
        CHECK_NEAR(f.block(512).ppqAt(0), exact, 1e-9);
    }
    CHECK_EQUAL(f.tracker.epoch(), 1u);
}

void a_host_without_ppq_is_followed_by_its_sample_counter() {
    TransportTracker tracker;
    tracker.reset(48000);
    HostTransport t;
    t.playing = true;
    t.hasTempo = true;
    t.tempoBpm = 90;
    t.projectSamples = 96000;
    for (int i = 0; i < 100; ++i) {
        const BlockTimeline& block = tracker.advance(t, 512);
        CHECK_NEAR(block.ppqAt(0), static_cast<double>(t.projectSamples) / 48000 * 1.5, 1e-9);
        t.projectSamples += 512;
    }
    t.projectSamples = 0;
    CHECK(tracker.advance(t, 512).discontinuity);
    CHECK_NEAR(tracker.block().ppqAt(0), 0, 1e-12);
}

void bars_follow_signature_changes_whatever_the_block_size() {
    for (const std::int32_t size : {1, 64, 511, 4096}) {
        context = "size " + std::to_string(size);
        Follower f;
        f.host.playing = true;
        const auto signatureAt = [](double ppq) { return ppq < 8 ? Signature{4, 4} : ppq < 14 ? Signature{3, 4} : Signature{7, 8}; };
        std::uint32_t generations = f.tracker.gridGeneration();
        while (f.host.projectPpq < 40) {
            const double ppq = f.host.projectPpq + 1e-9;
            f.host.signature = signatureAt(ppq);
            f.block(size);
            const double expected = ppq < 8 ? std::floor(ppq / 4) * 4 : ppq < 14 ? 8 + std::floor((ppq - 8) / 3) * 3 : 14 + std::floor((ppq - 14) / 3.5) * 3.5;
            CHECK_NEAR(f.tracker.barStartPpq(), expected, 1e-9);
        }
        CHECK_EQUAL(f.tracker.gridGeneration(), generations + 2);
        // Back to the 3/4 part: its bars are where they were.
        f.host.locate(12);
        f.host.signature = {3, 4};
        f.block(size);
        CHECK_NEAR(f.tracker.barStartPpq(), 11, 1e-9);
    }
    context.clear();
}

void a_loop_of_odd_length_moves_the_bar_lines_on_the_timeline() {
    Follower f;
    f.host.cycle = true;
    f.host.cycleEnd = 5; // five quarters in 4/4: the second pass begins in the middle of a bar of the first
    f.host.playing = true;
    f.block(64);
    const std::uint32_t generation = f.tracker.gridGeneration();
    while (f.tracker.block().endPpq < 7) f.block(64);
    f.block(64);
    CHECK_NEAR(f.tracker.barStartPpq(), 5, 1e-9);
    CHECK_EQUAL(f.tracker.gridGeneration(), generation + 1);
}

/// Any transport at all: nothing may break, the timeline only grows within an epoch, offsets stay inside.
void anything_goes(std::uint64_t seedValue) {
    std::mt19937_64 random(seedValue);
    const auto chance = [&](double p) { return std::uniform_real_distribution<>(0, 1)(random) < p; };
    const auto any = [&]() -> double {
        switch (random() % 12) {
            case 0: return NAN;
            case 1: return INFINITY;
            case 2: return -INFINITY;
            case 3: return 1e300;
            case 4: return -1e12;
            case 5: return 0;
            default: return std::uniform_real_distribution<>(-100, 1000)(random);
        }
    };
    TransportTracker tracker;
    tracker.reset(44100);
    HostTransport t;
    double lastEnd = 0;
    std::uint32_t lastEpoch = 0;
    for (int i = 0; i < 200'000; ++i) {
        if (chance(0.1)) t.playing = !t.playing;
        if (chance(0.1)) t.cycleActive = !t.cycleActive;
        if (chance(0.1)) t.hasProjectPpq = !t.hasProjectPpq;
        if (chance(0.1)) t.hasTempo = !t.hasTempo;
        if (chance(0.1)) t.hasSignature = !t.hasSignature;
        if (chance(0.3)) t.projectPpq = any();
        if (chance(0.1)) t.tempoBpm = any();
        if (chance(0.1)) t.cycleStartPpq = any();
        if (chance(0.1)) t.cycleEndPpq = chance(0.5) ? t.cycleStartPpq + 0.01 : any();
        if (chance(0.1)) t.projectSamples = static_cast<std::int64_t>(random());
        if (chance(0.1)) t.signatureNumerator = static_cast<std::int32_t>(random() % 40) - 3;
        if (chance(0.1)) t.signatureDenominator = static_cast<std::int32_t>(random() % 40) - 3;
        const auto samples = static_cast<std::int32_t>(1 + random() % 8192);
        const BlockTimeline& block = tracker.advance(t, samples);
        context = "seed " + std::to_string(seedValue) + " block " + std::to_string(i);
        CHECK(std::isfinite(block.startPpq) && std::isfinite(block.endPpq));
        CHECK(block.endPpq >= block.startPpq);
        CHECK(tracker.epoch() != lastEpoch || !t.playing || block.startPpq >= lastEnd);
        CHECK(!t.playing || block.ppqPerSample > 0);
        CHECK(std::isfinite(tracker.barStartPpq()));
        CHECK(block.wrapCount >= 0 && block.wrapCount <= BlockTimeline::kMaxWraps);
        for (std::int32_t w = 0; w < block.wrapCount; ++w) {
            const std::int32_t offset = block.wrapOffsets[static_cast<std::size_t>(w)];
            CHECK(offset >= 0 && offset < samples);
            CHECK(w == 0 || offset >= block.wrapOffsets[static_cast<std::size_t>(w - 1)]);
        }
        lastEnd = block.endPpq;
        lastEpoch = tracker.epoch();
        if (failures > 20) return;
        if (t.playing && chance(0.8)) {
            t.projectPpq += samples * block.ppqPerSample;
            t.projectSamples = static_cast<std::int64_t>(static_cast<std::uint64_t>(t.projectSamples) + static_cast<std::uint64_t>(samples));
        }
    }
    context.clear();
}

} // namespace

int main() {
    the_timeline_follows_an_exact_host();
    rounded_positions_are_not_jumps_and_do_not_shake_the_timeline();
    tempo_changes_between_blocks_keep_the_epoch();
    a_ramp_inside_blocks_keeps_the_epoch_and_the_timeline_grows();
    starts_stops_and_locates_count_epochs();
    a_negative_preroll_is_ordinary();
    loops_unwrap_over_many_passes();
    a_host_that_drops_the_overshoot_still_loops();
    playing_behind_the_loop_goes_on();
    a_host_without_ppq_is_followed_by_its_sample_counter();
    bars_follow_signature_changes_whatever_the_block_size();
    a_loop_of_odd_length_moves_the_bar_lines_on_the_timeline();
    anything_goes(seed(20251122));
    return finish();
}
