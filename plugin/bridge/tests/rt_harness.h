// Drives rt::BlockProcessor without any plugin format: a simulated host transport, an engine that writes into the rings,
// and the output with absolute sample positions.
#pragma once

#include "../rt/block_processor.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <vector>

namespace midimuse::tests {

using namespace midimuse::rt;

/// An emitted event at its absolute sample.
struct Played {
    std::int64_t sample;
    OutputKind kind;
    int channel;
    int data1;
    float value;
    auto operator<=>(const Played&) const = default;
};

class Recorder final : public EventSink {
public:
    bool emit(const OutputEvent& event) noexcept override {
        if (accepted >= limit) return false;
        ++accepted;
        if (event.offsetSamples < lastOffset) ordered = false;
        lastOffset = event.offsetSamples;
        if (event.offsetSamples < 0 || event.offsetSamples >= std::max(blockLength, 1)) inRange = false;
        played.push_back({blockStart + event.offsetSamples, event.kind, event.channel, event.data1, event.value});
        projectPpq.push_back(event.projectPpq);
        return true;
    }
    void begin(std::int64_t start, std::int32_t length) {
        blockStart = start;
        blockLength = length;
        lastOffset = 0;
        accepted = 0;
    }

    std::vector<Played> played;
    std::vector<double> projectPpq;
    std::int64_t blockStart = 0;
    std::int32_t blockLength = 0;
    std::int32_t lastOffset = 0;
    std::size_t accepted = 0;
    std::size_t limit = SIZE_MAX;
    bool ordered = true;
    bool inRange = true;
};

/// What must hold for any output whatever happened before: on and off alternate on every key.
inline bool wellFormed(const std::vector<Played>& played, std::vector<std::pair<int, int>>* stillSounding = nullptr) {
    bool sounding[16][128] = {};
    bool good = true;
    for (const Played& event : played) {
        bool& key = sounding[event.channel][event.data1 & 127];
        if (event.kind == OutputKind::noteOn) { good &= !key; key = true; }
        if (event.kind == OutputKind::noteOff) { good &= key; key = false; }
    }
    if (stillSounding == nullptr) return good;
    stillSounding->clear();
    for (int channel = 0; channel < 16; ++channel) {
        for (int pitch = 0; pitch < 128; ++pitch) {
            if (sounding[channel][pitch]) stillSounding->emplace_back(channel, pitch);
        }
    }
    return good;
}

/// The engine's side of the rings, filled by hand.
class HandEngine {
public:
    explicit HandEngine(mm_shared& shared) : shared_(shared) {}

    struct Note { double onset, end; int pitch; int channel = 0; int velocity = 100; };

    bool bar(double start, double end, const std::vector<Note>& notes, double horizon, std::uint32_t flags = 0, std::uint32_t planId = 1) {
        std::vector<mm_command> group;
        group.push_back(command(MM_COMMAND_BAR, start, end));
        group[0].bar_notes = static_cast<std::uint32_t>(notes.size());
        group[0].flags = flags;
        group[0].plan_id = planId;
        for (const Note& note : notes) {
            mm_command c = command(MM_COMMAND_NOTE, note.onset, note.end);
            c.pitch = static_cast<std::uint8_t>(note.pitch);
            c.channel = static_cast<std::uint8_t>(note.channel);
            c.velocity = static_cast<std::uint8_t>(note.velocity);
            group.push_back(c);
        }
        group.push_back(command(MM_COMMAND_HORIZON, horizon, 0));
        return publish(group);
    }
    bool horizon(double ppq) { return publish({command(MM_COMMAND_HORIZON, ppq, 0)}); }
    bool parameter(std::uint32_t id, double value) {
        mm_command c = command(MM_COMMAND_PARAMETER, value, 0);
        c.plan_id = id;
        c.epoch = 0; // of no epoch
        return publish({c});
    }
    bool cancel() { return publish({command(MM_COMMAND_CANCEL, 0, 0)}); }

    bool publish(const std::vector<mm_command>& group) {
        const std::uint32_t write = shared_.command_indices.write;
        if (write - loadAcquire(shared_.command_indices.read) + group.size() > MM_COMMAND_RING_CAPACITY) return false;
        for (std::size_t i = 0; i < group.size(); ++i) {
            shared_.command[(write + i) % MM_COMMAND_RING_CAPACITY] = group[i];
        }
        storeRelease(shared_.command_indices.write, write + static_cast<std::uint32_t>(group.size()));
        return true;
    }
    mm_command command(std::uint8_t kind, double onset, double end) const {
        mm_command c{};
        c.kind = kind;
        c.onset_ppq = onset;
        c.end_ppq = end;
        c.epoch = shared_.transport.epoch;
        c.grid_generation = shared_.transport.grid_generation;
        return c;
    }

    bool read(mm_input_event& event) {
        const std::uint32_t read = shared_.input_indices.read;
        if (read == loadAcquire(shared_.input_indices.write)) return false;
        event = shared_.input[read % MM_INPUT_RING_CAPACITY];
        storeRelease(shared_.input_indices.read, read + 1);
        return true;
    }
    std::vector<mm_input_event> readAll() {
        std::vector<mm_input_event> events;
        for (mm_input_event event; read(event);) events.push_back(event);
        return events;
    }

private:
    mm_shared& shared_;
};

/// Exact musical time of a project with tempo ramps is outside of this harness: tempo is constant between changes, which
/// fall on samples. Loops, locates and rounding of the reported position are simulated.
class SimulatedHost {
public:
    double sampleRate = 48000;
    double tempo = 120;
    bool playing = false;
    bool cycle = false;
    double cycleStart = 0, cycleEnd = 0;
    Signature signature{4, 4};
    bool quantise = false;     // Ardour: reported ppq in steps of 1/1920
    double projectPpq = 0;     // exact
    std::int64_t projectSamples = 0;

    HostTransport transport() const {
        HostTransport t;
        t.playing = playing;
        t.cycleActive = cycle;
        t.cycleStartPpq = cycleStart;
        t.cycleEndPpq = cycleEnd;
        t.hasProjectPpq = t.hasTempo = t.hasSignature = true;
        t.projectPpq = quantise ? std::round(projectPpq * 1920) / 1920 : projectPpq;
        t.projectSamples = projectSamples;
        t.tempoBpm = tempo;
        t.signatureNumerator = signature.numerator;
        t.signatureDenominator = signature.denominator;
        return t;
    }
    double ppqPerSample() const { return tempo / 60 / sampleRate; }
    /// Samples until the loop end, for hosts that split there.
    std::int32_t untilLoopEnd() const {
        if (!cycle || projectPpq >= cycleEnd - 1e-9) return INT32_MAX;
        return static_cast<std::int32_t>(std::ceil((cycleEnd - projectPpq) / ppqPerSample() - 1e-6));
    }
    void move(std::int32_t samples) {
        if (!playing) return;
        const bool inside = projectPpq < cycleEnd - 1e-9;
        projectPpq += samples * ppqPerSample();
        projectSamples += samples;
        while (cycle && inside && projectPpq >= cycleEnd - 1e-9) {
            projectPpq -= cycleEnd - cycleStart;
            projectSamples -= std::llround((cycleEnd - cycleStart) / ppqPerSample());
        }
    }
    void locate(double ppq) {
        projectPpq = ppq;
        projectSamples = std::llround(ppq / ppqPerSample());
    }
};

class Rig {
public:
    Rig() : shared(std::make_unique<mm_shared>()), processor(std::make_unique<BlockProcessor>(*shared)), engine(*shared) {
        processor->reset(48000);
        RoleValues values;
        values.thru = true;
        processor->roles().post(values);
    }

    void block(std::int32_t samples, std::vector<InputEvent> events = {}, bool offline = false) {
        std::uint32_t order = 0;
        for (InputEvent& event : events) event.order = order++;
        recorder.begin(now, samples);
        processor->process(host.transport(), samples, offline, events, recorder);
        host.move(samples);
        now += samples;
    }

    static InputEvent on(std::int32_t offset, int pitch, int channel = 0, double velocity = 0.8) {
        return {velocity, 0, offset, 0, InputKind::noteOn, static_cast<std::uint8_t>(channel), static_cast<std::uint8_t>(pitch)};
    }
    static InputEvent off(std::int32_t offset, int pitch, int channel = 0) {
        return {0, 0, offset, 0, InputKind::noteOff, static_cast<std::uint8_t>(channel), static_cast<std::uint8_t>(pitch)};
    }
    static InputEvent set(std::int32_t offset, std::uint32_t id, double value) {
        return {value, id, offset, 0, InputKind::parameter, 0, 0};
    }

    std::unique_ptr<mm_shared> shared;
    std::unique_ptr<BlockProcessor> processor;
    HandEngine engine;
    SimulatedHost host;
    Recorder recorder;
    std::int64_t now = 0;
};

} // namespace midimuse::tests
