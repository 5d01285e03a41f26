// The C functions of the real-time core. Oracle: rt::BlockProcessor driven directly with the same blocks.
#include "check.h"
#include "rt_harness.h"

#include "../include/midimuse_core.h"

using namespace midimuse::tests;

namespace {

constexpr std::uint32_t kThruParameter = 12;

/// Plays the same performance through both and compares what comes out, sample by sample.
class Pair {
public:
    Pair() : core(mm_core_create()), shared(*mm_core_shared(core)), engine(shared), out(4096) {
        mm_core_reset(core, 48000);
        CHECK_EQUAL(mm_core_bind_role(core, kThruParameter, MM_ROLE_THRU), MM_OK);
        direct.processor->roles().bind({kThruParameter, MM_ROLE_THRU});
        mm_core_post_roles(core, 0, 1, 0);
    }
    ~Pair() { mm_core_destroy(core); }

    void block(std::int32_t samples, const std::vector<InputEvent>& events, bool ppqIsKnown) {
        mm_core_block block{};
        block.project_samples = direct.host.projectSamples;
        block.tempo_bpm = direct.host.tempo;
        block.num_samples = samples;
        block.flags = direct.host.playing ? std::uint32_t{MM_BLOCK_PLAYING} : 0u;
        if (ppqIsKnown) {
            block.flags |= MM_BLOCK_HAS_PPQ;
            block.project_ppq = direct.host.projectPpq;
        }
        std::vector<mm_core_event> in;
        for (const InputEvent& event : events) in.push_back({event.value, event.paramId, event.offsetSamples, kindOf(event.kind), event.channel, event.data1, {}});
        std::reverse(in.begin(), in.end()); // the core sorts; these events have offsets of their own

        std::int32_t written = -1;
        CHECK_EQUAL(mm_core_process(core, &block, in.data(), static_cast<std::int32_t>(in.size()), out.data(), static_cast<std::int32_t>(out.size()), &written), MM_OK);
        for (std::int32_t i = 0; i < written; ++i) {
            const mm_core_event& event = out[static_cast<std::size_t>(i)];
            const auto kind = event.kind == MM_EVENT_NOTE_ON ? OutputKind::noteOn : event.kind == MM_EVENT_NOTE_OFF ? OutputKind::noteOff
                            : event.kind == MM_EVENT_POLY_PRESSURE ? OutputKind::polyPressure : OutputKind::control;
            played.push_back({direct.now + event.offset_samples, kind, event.channel, event.data1, static_cast<float>(event.value)});
        }
        direct.block(samples, events);
    }

    Rig direct;
    mm_core* core;
    mm_shared& shared;
    HandEngine engine;
    std::vector<mm_core_event> out;
    std::vector<Played> played;

private:
    static std::uint8_t kindOf(InputKind kind) {
        switch (kind) {
            case InputKind::parameter: return MM_EVENT_PARAMETER;
            case InputKind::noteOff: return MM_EVENT_NOTE_OFF;
            case InputKind::noteOn: return MM_EVENT_NOTE_ON;
            case InputKind::polyPressure: return MM_EVENT_POLY_PRESSURE;
            case InputKind::control: return MM_EVENT_CONTROL;
        }
        return 0;
    }
};

void The_core_plays_what_the_processor_plays(bool ppqIsKnown) {
    std::mt19937_64 random(seed(41));
    Pair pair;
    pair.direct.host.playing = true;
    bool thru = true;
    for (int bar = 0; bar < 8; ++bar) {
        const double start = 4.0 * bar;
        while (pair.direct.host.projectPpq < start + 4) {
            if (pair.shared.transport_sequence != 0 && pair.direct.host.projectPpq < start + 0.1) {
                for (HandEngine* engine : {&pair.engine, &pair.direct.engine}) {
                    engine->bar(start + 4, start + 8, {{start + 4, start + 5, 60 + bar}, {start + 5.5, start + 7.99, 72, 3}}, start + 8, 0, static_cast<std::uint32_t>(bar + 1));
                }
            }
            const auto samples = static_cast<std::int32_t>(random() % 900 + 2);
            std::vector<InputEvent> events;
            if (random() % 3 == 0) events.push_back(Rig::on(0, 40 + bar));
            if (random() % 4 == 0) events.push_back(Rig::set(samples / 2, kThruParameter, (thru = !thru) ? 1 : 0));
            events.push_back(Rig::off(samples - 1, 40 + bar));
            pair.block(samples, events, ppqIsKnown);
        }
    }
    const std::vector<Played>& expected = pair.direct.recorder.played;
    CHECK(expected.size() > 40);
    CHECK_EQUAL(pair.played.size(), expected.size());
    CHECK(pair.played == expected);
    CHECK_EQUAL(pair.shared.counters.notes_out, pair.direct.shared->counters.notes_out);
    CHECK(pair.shared.counters.notes_out >= 12);
}

void Note_offs_that_found_no_room_come_first_in_the_next_block() {
    mm_core* core = mm_core_create();
    mm_core_post_roles(core, 0, 1, 0);
    const mm_core_block block{0, 0, 120, 64, 0, 0, 0};
    const auto note = [](std::uint8_t kind, std::uint8_t pitch) { return mm_core_event{0.8, 0, 0, kind, 0, pitch, {}}; };
    mm_core_event out[4];
    std::int32_t written = 0;
    const mm_core_event on[] = {note(MM_EVENT_NOTE_ON, 60), note(MM_EVENT_NOTE_ON, 64)};
    CHECK_EQUAL(mm_core_process(core, &block, on, 2, out, 4, &written), MM_OK);
    CHECK_EQUAL(written, 2);
    const mm_core_event off[] = {note(MM_EVENT_NOTE_OFF, 60), note(MM_EVENT_NOTE_OFF, 64)};
    CHECK_EQUAL(mm_core_process(core, &block, off, 2, out, 1, &written), MM_OK);
    CHECK_EQUAL(written, 1);
    CHECK_EQUAL(mm_core_process(core, &block, nullptr, 0, out, 4, &written), MM_OK);
    CHECK_EQUAL(written, 1);
    CHECK_EQUAL(out[0].kind, MM_EVENT_NOTE_OFF);
    mm_core_destroy(core);
}

void Nonsense_is_refused_or_ignored() {
    mm_core* core = mm_core_create();
    mm_core_block block{0, 0, 120, 64, MM_BLOCK_PLAYING, 0, 0};
    mm_core_event out[16];
    std::int32_t written = 0;
    CHECK_EQUAL(mm_core_process(nullptr, &block, nullptr, 0, out, 16, &written), MM_INVALID_ARGUMENT);
    CHECK_EQUAL(mm_core_process(core, nullptr, nullptr, 0, out, 16, &written), MM_INVALID_ARGUMENT);
    CHECK_EQUAL(mm_core_process(core, &block, nullptr, 3, out, 16, &written), MM_INVALID_ARGUMENT);
    CHECK_EQUAL(mm_core_process(core, &block, nullptr, 0, nullptr, 16, &written), MM_INVALID_ARGUMENT);
    CHECK_EQUAL(mm_core_process(core, &block, nullptr, 0, out, 16, nullptr), MM_INVALID_ARGUMENT);
    block.num_samples = -1;
    CHECK_EQUAL(mm_core_process(core, &block, nullptr, 0, out, 16, &written), MM_INVALID_ARGUMENT);
    block.num_samples = 64;
    block.tempo_bpm = std::nan("");
    const mm_core_event in[] = {
        {0.5, 0, -7, MM_EVENT_NOTE_ON, 16, 60, {}}, {0.5, 0, 0, MM_EVENT_NOTE_ON, 0, 128, {}}, {0.5, 0, 0, 99, 0, 60, {}},
        {std::nan(""), 0, 1 << 30, MM_EVENT_CONTROL, 0, 200, {}}, {0.5, 0, 1 << 30, MM_EVENT_NOTE_ON, 0, 61, {}},
    };
    CHECK_EQUAL(mm_core_process(core, &block, in, 5, out, 16, &written), MM_OK);
    CHECK_EQUAL(written, 1);
    CHECK_EQUAL(out[0].offset_samples, 63);
    CHECK_EQUAL(mm_core_bind_role(core, 1, 77), MM_INVALID_ARGUMENT);
    CHECK(mm_core_shared(nullptr) == nullptr);
    CHECK_EQUAL(mm_core_version(), MM_CORE_VERSION);
    mm_core_destroy(core);
    mm_core_destroy(nullptr);
}

} // namespace

int main() {
    The_core_plays_what_the_processor_plays(true);
    The_core_plays_what_the_processor_plays(false);
    Note_offs_that_found_no_room_come_first_in_the_next_block();
    Nonsense_is_refused_or_ignored();
    return finish();
}
