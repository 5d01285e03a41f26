// The scheduler and thru, case by case. Oracle: sample positions computed by hand from tempo and sample rate.
#include "check.h"
#include "rt_harness.h"

using namespace midimuse::tests;

namespace {

constexpr std::uint32_t kBypass = 1, kThru = 2, kPanic = 3, kChannel = 4;
constexpr std::int64_t kQuarter = 24000; // samples at 120 bpm and 48 kHz

Played on(std::int64_t sample, int pitch, int channel = 0, float velocity = 100.0f / 127.0f) { return {sample, OutputKind::noteOn, channel, pitch, velocity}; }
Played off(std::int64_t sample, int pitch, int channel = 0) { return {sample, OutputKind::noteOff, channel, pitch, 0}; }

void bindRoles(Rig& rig) {
    rig.processor->roles().bind({kBypass, MM_ROLE_BYPASS});
    rig.processor->roles().bind({kThru, MM_ROLE_THRU});
    rig.processor->roles().bind({kPanic, MM_ROLE_PANIC});
    rig.processor->roles().bind({kChannel, MM_ROLE_OUTPUT_CHANNEL});
}

void expect(const Rig& rig, const std::vector<Played>& expected, const char* name) {
    context = name;
    CHECK(rig.recorder.ordered);
    CHECK(rig.recorder.inRange);
    CHECK_EQUAL(rig.recorder.played.size(), expected.size());
    for (std::size_t i = 0; i < std::min(expected.size(), rig.recorder.played.size()); ++i) {
        CHECK_EQUAL(rig.recorder.played[i].sample, expected[i].sample);
        CHECK_EQUAL(static_cast<int>(rig.recorder.played[i].kind), static_cast<int>(expected[i].kind));
        CHECK_EQUAL(rig.recorder.played[i].data1, expected[i].data1);
        CHECK_EQUAL(rig.recorder.played[i].channel, expected[i].channel);
    }
    context.clear();
}

void start(Rig& rig) {
    bindRoles(rig);
    rig.host.playing = true;
    rig.block(1);
}

void notes_sound_at_the_sample_of_their_onset() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{1, 1.5, 60}, {2, 3, 62}}, 4);
    for (int i = 0; i < 200; ++i) rig.block(512);
    expect(rig, {on(kQuarter, 60), off(kQuarter * 3 / 2, 60), on(2 * kQuarter, 62), off(3 * kQuarter, 62)}, __func__);
    CHECK_EQUAL(rig.shared->counters.notes_out, 2u);
    CHECK_EQUAL(rig.shared->counters.late_notes, 0u);
}

void a_repeated_note_is_ended_before_it_begins_again() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{1, 3, 60}, {2, 2.5, 60}}, 4);
    for (int i = 0; i < 200; ++i) rig.block(512);
    expect(rig, {on(kQuarter, 60), off(2 * kQuarter, 60), on(2 * kQuarter, 60), off(kQuarter * 5 / 2, 60)}, __func__);
}

void an_end_at_the_sample_of_the_next_onset_comes_first() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{1, 2, 60}, {2, 3, 60}}, 4);
    for (int i = 0; i < 200; ++i) rig.block(512);
    expect(rig, {on(kQuarter, 60), off(2 * kQuarter, 60), on(2 * kQuarter, 60), off(3 * kQuarter, 60)}, __func__);
}

void a_note_without_length_lasts_one_sample() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{1, 1, 60}}, 4);
    for (int i = 0; i < 100; ++i) rig.block(512);
    expect(rig, {on(kQuarter, 60), off(kQuarter + 1, 60)}, __func__);
}

void a_stop_releases_every_sounding_note() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{0.5, 3, 60}, {0.5, 3, 64}, {2, 3, 67}}, 4);
    rig.block(20000, {Rig::on(100, 40)});
    rig.host.playing = false;
    rig.block(100);
    for (int i = 0; i < 100; ++i) rig.block(1000);
    expect(rig, {on(101, 40), on(12000, 60), on(12000, 64), off(20001, 40), off(20001, 60), off(20001, 64)}, __func__);
}

void a_jump_releases_every_sounding_note_and_voids_the_plan() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 8, {{0.5, 7, 60}, {4.5, 5, 62}}, 8);
    rig.block(20000);
    const std::uint32_t epoch = rig.shared->transport.epoch;
    rig.host.locate(4);
    for (int i = 0; i < 50; ++i) rig.block(1000);
    expect(rig, {on(12000, 60), off(20001, 60)}, __func__);
    CHECK_EQUAL(rig.shared->transport.epoch, epoch + 1);
    CHECK_EQUAL(rig.shared->counters.jumps, 1u);
}

void a_loop_wrap_releases_every_sounding_note(bool hostSplits) {
    Rig rig;
    rig.host.cycle = true;
    rig.host.cycleStart = 0;
    rig.host.cycleEnd = 4;
    start(rig);
    const std::uint32_t epoch = rig.shared->transport.epoch;
    rig.engine.bar(0, 4, {{3, 5, 60}}, 4); // held over the loop's end
    rig.engine.bar(4, 8, {{4.5, 5, 62}}, 8); // the second pass, on the timeline
    for (int i = 0; i < 300; ++i) rig.block(hostSplits ? std::min(700, rig.host.untilLoopEnd()) : 700);
    expect(rig, {on(3 * kQuarter, 60), off(4 * kQuarter, 60), on(kQuarter * 9 / 2, 62), off(5 * kQuarter, 62)}, __func__);
    CHECK_EQUAL(rig.shared->transport.epoch, epoch);
    CHECK_EQUAL(rig.shared->counters.jumps, 0u);
}

void bypass_takes_effect_at_its_sample() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{0.5, 3, 60}, {1, 1.5, 62}, {2, 2.5, 64}}, 4);
    rig.block(20000, {Rig::set(15000, kBypass, 1)});
    rig.block(30000, {Rig::set(10001, kBypass, 0)});
    for (int i = 0; i < 50; ++i) rig.block(1000);
    expect(rig, {on(12000, 60), off(15001, 60), on(2 * kQuarter, 64), off(kQuarter * 5 / 2, 64)}, __func__);
}

void panic_ends_everything_once_and_tells_all_channels() {
    Rig rig;
    start(rig);
    rig.block(1000, {Rig::on(0, 50), Rig::set(500, kPanic, 1), Rig::set(600, kPanic, 1)});
    CHECK_EQUAL(rig.recorder.played.size(), 2u + 16 * 3);
    CHECK_EQUAL(rig.recorder.played[1].sample, 501);
    CHECK_EQUAL(static_cast<int>(rig.recorder.played[1].kind), static_cast<int>(OutputKind::noteOff));
    rig.block(1000, {Rig::set(0, kPanic, 0), Rig::set(1, kPanic, 1)});
    CHECK_EQUAL(rig.recorder.played.size(), 2u + 2 * 16 * 3);
}

void a_parameter_that_the_engine_sets_is_told_once_and_obeyed() {
    Rig rig;
    start(rig);
    rig.engine.parameter(kThru, 0);
    rig.engine.parameter(99, 0.25);
    rig.engine.parameter(99, 0.75);
    rig.block(100, {Rig::on(50, 60)});
    CHECK_EQUAL(rig.recorder.played.size(), 0u); // thru is off
    auto& told = rig.processor->told();
    CHECK_EQUAL(told.waiting().size(), 2u);
    CHECK_EQUAL(told.waiting()[1].id, 99u);
    CHECK_NEAR(told.waiting()[1].value, 0.75, 0);
    rig.block(100, {Rig::set(0, kThru, 1), Rig::on(50, 61)}); // what the host sets since then holds
    CHECK_EQUAL(rig.recorder.played.size(), 1u);
    CHECK_EQUAL(told.waiting().size(), 1u);
    told.remove(1);
    CHECK_EQUAL(told.waiting().size(), 0u);
}

void the_output_channel_holds_from_its_sample_and_ends_find_their_note() {
    Rig rig;
    start(rig);
    rig.block(1000, {Rig::on(10, 50, 3), Rig::set(20, kChannel, 1.0 / 16), Rig::on(30, 51, 3), Rig::off(40, 50, 3), Rig::off(50, 51, 3)});
    expect(rig, {on(11, 50, 3), on(31, 51, 0), off(41, 50, 3), off(51, 51, 0)}, __func__);
}

void two_players_on_one_output_key_do_not_end_each_other() {
    Rig rig;
    start(rig);
    rig.block(1000, {Rig::set(0, kChannel, 1.0 / 16), Rig::on(10, 50, 1), Rig::on(20, 50, 2), Rig::off(30, 50, 1), Rig::off(40, 50, 2)});
    expect(rig, {on(11, 50), off(21, 50), on(21, 50), off(41, 50)}, __func__);
}

void a_played_note_takes_a_generated_one_over() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{0.5, 1, 60}}, 4);
    rig.block(13000, {});
    rig.block(20000, {Rig::on(0, 60)});
    rig.block(1000, {Rig::off(0, 60)});
    expect(rig, {on(12000, 60), off(13001, 60), on(13001, 60), off(33001, 60)}, __func__);
}

void thru_switched_off_ends_what_it_started() {
    Rig rig;
    start(rig);
    rig.block(1000, {Rig::on(0, 60), Rig::set(100, kThru, 0), Rig::on(200, 61), Rig::off(300, 60), Rig::off(301, 61)});
    expect(rig, {on(1, 60), off(101, 60)}, __func__);
    const auto heard = rig.engine.readAll(); // the engine hears the player all the same
    CHECK_EQUAL(std::count_if(heard.begin(), heard.end(), [](const auto& e) { return e.kind == MM_INPUT_NOTE_ON; }), 2);
    CHECK_EQUAL(std::count_if(heard.begin(), heard.end(), [](const auto& e) { return e.kind == MM_INPUT_NOTE_OFF; }), 2);
}

void input_is_stamped_with_its_timeline_position() {
    Rig rig;
    start(rig);
    rig.block(1000, {Rig::on(599, 60)});
    const auto heard = rig.engine.readAll();
    CHECK_EQUAL(heard.size(), 1u);
    CHECK_NEAR(heard[0].timeline_ppq, 600.0 / kQuarter, 1e-12);
    CHECK_EQUAL(heard[0].epoch, rig.shared->transport.epoch);
    CHECK_EQUAL(heard[0].data2, 102); // 0.8 * 127
}

void a_replacement_before_its_bar_is_taken_and_after_it_is_refused() {
    Rig rig;
    start(rig);
    rig.engine.bar(4, 8, {{4, 5, 60}}, 8, MM_COMMAND_FALLBACK | MM_COMMAND_PROVISIONAL, 7);
    rig.block(1000);
    rig.engine.bar(4, 8, {{4, 5, 61}, {6, 7, 62}}, 8, 0, 8);
    while (rig.now < 5 * kQuarter) rig.block(1000);
    rig.engine.bar(4, 8, {{6, 7, 63}}, 8, 0, 9);
    while (rig.now < 9 * kQuarter) rig.block(1000);
    expect(rig, {on(4 * kQuarter, 61), off(5 * kQuarter, 61), on(6 * kQuarter, 62), off(7 * kQuarter, 62)}, __func__);
    CHECK_EQUAL(rig.shared->counters.late_bars, 1u);
    CHECK_EQUAL(rig.shared->counters.refused_plan_id, 9u);
    CHECK_EQUAL(rig.shared->counters.fallback_bars, 0u);
}

void a_fallback_bar_that_begins_is_counted() {
    Rig rig;
    start(rig);
    rig.engine.bar(1, 5, {{1, 2, 60}}, 5, MM_COMMAND_FALLBACK);
    rig.block(1000);
    CHECK_EQUAL(rig.shared->counters.fallback_bars, 0u);
    while (rig.now < 2 * kQuarter) rig.block(1000);
    CHECK_EQUAL(rig.shared->counters.fallback_bars, 1u);
}

void a_late_first_bar_plays_what_is_hardly_late_and_drops_the_rest() {
    Rig rig;
    start(rig);
    while (rig.now < 2 * kQuarter) rig.block(1000); // now = 48001
    rig.engine.bar(0, 4, {{1, 1.5, 60}, {2 - 1.0 / 17, 2.5, 61}, {3, 3.5, 62}}, 4);
    while (rig.now < 4 * kQuarter) rig.block(1000);
    expect(rig, {on(48001, 61), off(kQuarter * 5 / 2, 61), on(3 * kQuarter, 62), off(kQuarter * 7 / 2, 62)}, __func__);
    CHECK_EQUAL(rig.shared->counters.late_notes, 2u);
}

void groups_of_another_epoch_are_dropped() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{1, 2, 60}}, 4);
    rig.host.locate(0.1);
    for (int i = 0; i < 100; ++i) rig.block(1000);
    expect(rig, {}, __func__);
}

void cancel_ends_the_continuation_and_leaves_the_player_alone() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{0.5, 3, 60}, {2, 3, 62}}, 4);
    rig.block(20000, {Rig::on(0, 40)});
    rig.engine.cancel();
    rig.block(1000);
    for (int i = 0; i < 100; ++i) rig.block(1000);
    expect(rig, {on(1, 40), on(12000, 60), off(20001, 60)}, __func__);
}

void a_refused_end_is_sent_with_the_next_block() {
    Rig rig;
    start(rig);
    rig.block(100, {Rig::on(0, 60)});
    rig.recorder.limit = 0;
    rig.block(100, {Rig::off(0, 60)});
    rig.recorder.limit = SIZE_MAX;
    rig.block(100);
    expect(rig, {on(1, 60), off(201, 60)}, __func__);
    CHECK_EQUAL(rig.shared->counters.output_drops, 1u);
}

void the_engine_hears_a_note_whole_or_not_at_all() {
    Rig rig;
    start(rig);
    for (int i = 0; i < 5000; ++i) rig.block(2, {Rig::on(0, i % 128, (i / 128) % 16)});   // fills the ring
    for (int i = 0; i < 5000; ++i) rig.block(2, {Rig::off(0, i % 128, (i / 128) % 16)});  // finds it full
    int ons = 0, offs = 0;
    for (int round = 0; round < 3; ++round) {
        for (const mm_input_event& event : rig.engine.readAll()) {
            if (event.kind == MM_INPUT_NOTE_ON) ++ons;
            if (event.kind == MM_INPUT_NOTE_OFF) ++offs;
        }
        rig.block(2, {Rig::set(0, 99, 0)}); // any new event pays the debts first
    }
    CHECK_EQUAL(ons, 4096);
    CHECK_EQUAL(offs, 4096);
    CHECK_EQUAL(rig.shared->counters.input_drops, 905u); // 904 notes, and a parameter that met the paid debts
}

void a_damaged_command_is_skipped() {
    Rig rig;
    start(rig);
    std::vector<mm_command> group{rig.engine.command(MM_COMMAND_BAR, 0, 4), rig.engine.command(MM_COMMAND_NOTE, NAN, 1)};
    group[0].bar_notes = 4000000000u;
    group.push_back(rig.engine.command(MM_COMMAND_NOTE, 1, 2)); // velocity 0
    group.push_back(rig.engine.command(77, 1, 2));
    group.push_back(rig.engine.command(MM_COMMAND_NOTE, 1, 2)); // outside of a bar
    rig.engine.publish(group);
    rig.engine.bar(0, 4, {{1, INFINITY, 60}, {1, -5, 61}, {1, 2, 200}, {2, 3, 62}}, NAN);
    for (int i = 0; i < 100; ++i) rig.block(1000);
    expect(rig, {on(kQuarter, 61), off(kQuarter + 1, 61), on(2 * kQuarter, 62), off(3 * kQuarter, 62)}, __func__);
}

void offline_waits_for_the_horizon_and_gives_up_in_time() {
    Rig rig;
    rig.processor->setEngineLoaded(true);
    rig.processor->setOfflineWait(2'000'000);
    start(rig); // real time: no wait
    CHECK_EQUAL(rig.shared->counters.offline_waits, 0u);
    rig.block(1000, {}, true);
    CHECK_EQUAL(rig.shared->counters.offline_waits, 1u);
    CHECK_EQUAL(rig.shared->counters.offline_timeouts, 1u);
    rig.engine.horizon(4);
    rig.block(1000, {}, true);
    CHECK_EQUAL(rig.shared->counters.offline_waits, 1u);
    rig.shared->engine_state = MM_ENGINE_FAULTED; // nobody to wait for
    while (rig.now < 5 * kQuarter) rig.block(1000, {}, true);
    CHECK_EQUAL(rig.shared->counters.offline_timeouts, 1u);
}

void a_shortfall_counts_only_while_answering() {
    Rig rig;
    start(rig);
    rig.block(100);
    CHECK_EQUAL(rig.shared->counters.shortfall_blocks, 0u);
    rig.shared->engine_state = MM_ENGINE_ANSWERING;
    rig.block(100);
    CHECK_EQUAL(rig.shared->counters.shortfall_blocks, 1u);
    rig.engine.horizon(4);
    rig.block(100);
    CHECK_EQUAL(rig.shared->counters.shortfall_blocks, 1u);
}

void a_block_without_samples_takes_parameters_over() {
    Rig rig;
    start(rig);
    rig.engine.bar(0, 4, {{0.5, 3, 60}}, 4);
    rig.block(13000);
    rig.block(0, {Rig::set(0, kBypass, 1)});
    rig.block(1000);
    CHECK_EQUAL(rig.recorder.played.size(), 2u);
    CHECK_EQUAL(rig.recorder.played[1].sample, 13001);
    const auto heard = rig.engine.readAll();
    CHECK_EQUAL(heard.size(), 1u);
    CHECK_NEAR(heard[0].timeline_ppq, 13001.0 / kQuarter, 1e-9);
}

} // namespace

int main() {
    notes_sound_at_the_sample_of_their_onset();
    a_repeated_note_is_ended_before_it_begins_again();
    an_end_at_the_sample_of_the_next_onset_comes_first();
    a_note_without_length_lasts_one_sample();
    a_stop_releases_every_sounding_note();
    a_jump_releases_every_sounding_note_and_voids_the_plan();
    a_loop_wrap_releases_every_sounding_note(true);
    a_loop_wrap_releases_every_sounding_note(false);
    bypass_takes_effect_at_its_sample();
    panic_ends_everything_once_and_tells_all_channels();
    a_parameter_that_the_engine_sets_is_told_once_and_obeyed();
    the_output_channel_holds_from_its_sample_and_ends_find_their_note();
    two_players_on_one_output_key_do_not_end_each_other();
    a_played_note_takes_a_generated_one_over();
    thru_switched_off_ends_what_it_started();
    input_is_stamped_with_its_timeline_position();
    a_replacement_before_its_bar_is_taken_and_after_it_is_refused();
    a_fallback_bar_that_begins_is_counted();
    a_late_first_bar_plays_what_is_hardly_late_and_drops_the_rest();
    groups_of_another_epoch_are_dropped();
    cancel_ends_the_continuation_and_leaves_the_player_alone();
    a_refused_end_is_sent_with_the_next_block();
    the_engine_hears_a_note_whole_or_not_at_all();
    a_damaged_command_is_skipped();
    offline_waits_for_the_horizon_and_gives_up_in_time();
    a_shortfall_counts_only_while_answering();
    a_block_without_samples_takes_parameters_over();
    return finish();
}
