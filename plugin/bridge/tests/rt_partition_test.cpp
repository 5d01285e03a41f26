// The same project cut into blocks of 1, 64, 511, 4096 and random sizes must sound the same, sample for sample.
// Oracle: the rendering in blocks of one sample.
#include "check.h"
#include "rt_harness.h"

using namespace midimuse::tests;

namespace {

struct Piece {
    struct Input { std::int64_t sample; InputEvent event; };
    struct Bar { double start; std::vector<HandEngine::Note> notes; };

    double sampleRate = 48000;
    double startPpq = 0;
    bool loop = false;
    double loopStart = 0, loopEnd = 0;
    bool quantise = false;
    std::vector<std::pair<std::int64_t, double>> tempi; // from this sample on; a host changes tempo at a block's start
    std::vector<Input> inputs;
    std::vector<Bar> bars; // timeline, four quarters each
    std::int64_t length = 0;
};

Piece draw(std::mt19937_64& random) {
    const auto uniform = [&](double a, double b) { return std::uniform_real_distribution<>(a, b)(random); };
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    Piece piece;
    const double rates[] = {44100, 48000, 96000};
    piece.sampleRate = rates[pick(3)];
    piece.startPpq = pick(2) ? 0 : std::floor(uniform(-4, 8));
    piece.length = static_cast<std::int64_t>(piece.sampleRate * 6);
    piece.loop = pick(3) == 0;
    piece.loopStart = piece.startPpq;
    piece.loopEnd = piece.startPpq + 1 + pick(16) * 0.25;
    piece.tempi.emplace_back(0, std::floor(uniform(40, 300)));
    if (!piece.loop && pick(2)) {
        for (std::int64_t at = 4096 * 7; at < piece.length; at += 4096 * 7) piece.tempi.emplace_back(at, uniform(40, 300));
    }
    const bool steady = piece.tempi.size() == 1;
    piece.quantise = steady && pick(3) == 0 && !piece.loop;
    for (double bar = piece.startPpq; bar < piece.startPpq + 40; bar += 4) {
        Piece::Bar planned{bar, {}};
        const int count = pick(24);
        for (int i = 0; i < count; ++i) {
            const double onset = bar + pick(96) / 24.0;
            planned.notes.push_back({onset, onset + pick(60) / 24.0, 40 + pick(30), pick(3), 1 + pick(127)});
        }
        std::stable_sort(planned.notes.begin(), planned.notes.end(), [](const auto& a, const auto& b) { return a.onset < b.onset; });
        piece.bars.push_back(planned);
    }
    for (int i = 0; i < 300; ++i) {
        const auto at = static_cast<std::int64_t>(uniform(0, static_cast<double>(piece.length)));
        InputEvent event{};
        switch (pick(8)) {
            case 0: event = Rig::set(0, static_cast<std::uint32_t>(1 + pick(4)), pick(17) / 16.0); break;
            case 1: event = {uniform(0, 1), 0, 0, 0, InputKind::control, static_cast<std::uint8_t>(pick(16)), static_cast<std::uint8_t>(pick(130))}; break;
            case 2: case 3: case 4: event = Rig::on(0, 40 + pick(30), pick(3)); break;
            default: event = Rig::off(0, 40 + pick(30), pick(3)); break;
        }
        piece.inputs.push_back({at, event});
    }
    std::stable_sort(piece.inputs.begin(), piece.inputs.end(), [](const auto& a, const auto& b) {
        if (a.sample != b.sample) return a.sample < b.sample;
        return (a.event.kind == InputKind::parameter) > (b.event.kind == InputKind::parameter);
    });
    return piece;
}

std::vector<Played> render(const Piece& piece, const std::function<std::int32_t()>& nextSize, bool splitsAtLoopEnd) {
    Rig rig;
    for (std::uint32_t role : {MM_ROLE_BYPASS, MM_ROLE_THRU, MM_ROLE_PANIC, MM_ROLE_OUTPUT_CHANNEL}) {
        rig.processor->roles().bind({role, role});
    }
    rig.processor->reset(piece.sampleRate);
    SimulatedHost& host = rig.host;
    host.sampleRate = piece.sampleRate;
    host.tempo = piece.tempi[0].second;
    host.quantise = piece.quantise;
    host.cycle = piece.loop;
    host.cycleStart = piece.loopStart;
    host.cycleEnd = piece.loopEnd;
    host.playing = true;
    host.locate(piece.startPpq);
    std::size_t nextInput = 0, nextTempo = 1, nextBar = 0;
    bool first = true;
    while (rig.now < piece.length) {
        std::int32_t size = static_cast<std::int32_t>(std::min<std::int64_t>(nextSize(), piece.length - rig.now));
        if (nextTempo < piece.tempi.size()) {
            if (piece.tempi[nextTempo].first == rig.now) host.tempo = piece.tempi[nextTempo++].second;
            if (nextTempo < piece.tempi.size()) size = static_cast<std::int32_t>(std::min<std::int64_t>(size, piece.tempi[nextTempo].first - rig.now));
        }
        if (splitsAtLoopEnd) size = std::min(size, host.untilLoopEnd());
        if (first) { // the epoch is known after the first block; one sample of silence makes it so
            rig.block(1);
            first = false;
            continue;
        }
        // A perfect engine: everything that the block needs is there.
        const double need = rig.shared->transport.block_end_ppq + size * host.ppqPerSample() + 1;
        while (nextBar < piece.bars.size() && piece.bars[nextBar].start < need) {
            const Piece::Bar& bar = piece.bars[nextBar++];
            std::vector<HandEngine::Note> notes;
            for (const auto& note : bar.notes) if (note.onset > piece.startPpq) notes.push_back(note);
            rig.engine.bar(bar.start + (bar.start == piece.startPpq ? 0.01 : 0), bar.start + 4, notes, bar.start + 4);
        }
        std::vector<InputEvent> events;
        for (; nextInput < piece.inputs.size() && piece.inputs[nextInput].sample < rig.now + size; ++nextInput) {
            if (piece.inputs[nextInput].sample < rig.now) continue;
            events.push_back(piece.inputs[nextInput].event);
            events.back().offsetSamples = static_cast<std::int32_t>(piece.inputs[nextInput].sample - rig.now);
        }
        rig.block(size, events);
        rig.engine.readAll();
    }
    host.playing = false;
    rig.block(64);
    CHECK(rig.recorder.ordered);
    CHECK(rig.recorder.inRange);
    std::vector<std::pair<int, int>> hanging;
    CHECK(wellFormed(rig.recorder.played, &hanging));
    CHECK(hanging.empty());
    CHECK_EQUAL(rig.shared->counters.late_notes, 0u);
    CHECK_EQUAL(rig.shared->counters.jumps, 0u);
    CHECK_EQUAL(rig.shared->counters.output_drops, 0u);
    return rig.recorder.played;
}

} // namespace

int main() {
    const std::uint64_t base = seed(4711);
    std::size_t events = 0;
    for (std::uint64_t round = 0; round < 24; ++round) {
        std::mt19937_64 random(base + round);
        const Piece piece = draw(random);
        context = "seed " + std::to_string(base) + " round " + std::to_string(round) + (piece.loop ? " loop" : "") + (piece.quantise ? " quantised" : "");
        const std::vector<Played> expected = render(piece, [] { return 1; }, true);
        events += expected.size();
        for (const std::int32_t size : {64, 511, 4096}) {
            for (const bool splits : {true, false}) {
                if (!piece.loop && !splits) continue;
                const auto played = render(piece, [=] { return size; }, splits);
                if (played != expected) {
                    std::size_t i = 0;
                    while (i < std::min(played.size(), expected.size()) && played[i] == expected[i]) ++i;
                    fail(__FILE__, __LINE__, "block size " + std::to_string(size) + (splits ? "" : " over the loop end") + " differs at event " + std::to_string(i)
                        + " of " + std::to_string(expected.size()) + "/" + std::to_string(played.size())
                        + (i < expected.size() ? ", expected at sample " + std::to_string(expected[i].sample) : "")
                        + (i < played.size() ? ", played at " + std::to_string(played[i].sample) : ""));
                }
            }
        }
        const auto mixed = render(piece, [&] { return static_cast<std::int32_t>(1 + random() % 3000); }, true);
        CHECK(mixed == expected);
    }
    std::cout << events << " events compared for each block size\n";
    CHECK(events > 5000);
    return finish();
}
