#include "../include/midimuse_core.h"

#include "../rt/block_processor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

using namespace midimuse;

struct mm_core {
    mm_shared& shared;
    rt::BlockProcessor processor;
    std::array<rt::InputEvent, 8192> input{}; // one block's events in the core's own form

    explicit mm_core(mm_shared& memory) noexcept : shared(memory), processor(memory) {}
};

namespace {

static_assert(sizeof(mm_core_event) == 24 && sizeof(mm_core_block) == 40);

/// Room that only note-offs may use: when a block is overfull, they are the last to be lost.
constexpr std::size_t kReservedForNoteOffs = 2048;

double normalised(double value) noexcept { return value > 0 ? std::fmin(value, 1.0) : 0.0; } // what is not a number is 0

bool convert(const mm_core_event& event, std::int32_t lastOffset, rt::InputEvent& converted) noexcept {
    converted = {normalised(event.value), event.param_id, std::clamp(event.offset_samples, 0, lastOffset), 0, rt::InputKind::parameter,
                 event.channel, event.data1};
    if (event.kind == MM_EVENT_PARAMETER) return true;
    if (event.channel > 15) return false;
    switch (event.kind) {
        case MM_EVENT_NOTE_ON: converted.kind = converted.value > 0 ? rt::InputKind::noteOn : rt::InputKind::noteOff; break;
        case MM_EVENT_NOTE_OFF: converted.kind = rt::InputKind::noteOff; break;
        case MM_EVENT_POLY_PRESSURE: converted.kind = rt::InputKind::polyPressure; break;
        case MM_EVENT_CONTROL: converted.kind = rt::InputKind::control; return event.data1 <= rt::kControlPitchBend;
        default: return false;
    }
    return event.data1 < 128;
}

std::uint8_t kindOf(rt::OutputKind kind) noexcept {
    switch (kind) {
        case rt::OutputKind::noteOff: return MM_EVENT_NOTE_OFF;
        case rt::OutputKind::noteOn: return MM_EVENT_NOTE_ON;
        case rt::OutputKind::polyPressure: return MM_EVENT_POLY_PRESSURE;
        case rt::OutputKind::control: return MM_EVENT_CONTROL;
    }
    return MM_EVENT_CONTROL;
}

class BufferSink final : public rt::EventSink {
public:
    explicit BufferSink(std::span<mm_core_event> events) noexcept : events_(events) {}

    bool emit(const rt::OutputEvent& event) noexcept override {
        if (count_ == events_.size()) return false;
        events_[count_++] = mm_core_event{event.value, 0, event.offsetSamples, kindOf(event.kind), event.channel, event.data1, {}};
        return true;
    }
    std::int32_t count() const noexcept { return static_cast<std::int32_t>(count_); }

private:
    std::span<mm_core_event> events_; // valid for one mm_core_process call
    std::size_t count_ = 0;
};

std::span<const rt::InputEvent> readInput(mm_core& core, std::span<const mm_core_event> events, std::int32_t lastOffset) noexcept {
    std::size_t count = 0;
    std::uint64_t dropped = 0;
    for (const mm_core_event& event : events) {
        rt::InputEvent converted;
        if (!convert(event, lastOffset, converted)) continue;
        const std::size_t room = converted.kind == rt::InputKind::noteOff ? core.input.size() : core.input.size() - kReservedForNoteOffs;
        if (count >= room) {
            ++dropped;
            continue;
        }
        converted.order = static_cast<std::uint32_t>(count);
        core.input[count++] = converted;
    }
    if (dropped > 0) rt::count(core.shared.counters.input_drops, dropped);
    // At one sample parameters come first: a switched thru already holds for the note.
    const auto before = [](const rt::InputEvent& a, const rt::InputEvent& b) {
        if (a.offsetSamples != b.offsetSamples) return a.offsetSamples < b.offsetSamples;
        const bool aIsParameter = a.kind == rt::InputKind::parameter, bIsParameter = b.kind == rt::InputKind::parameter;
        if (aIsParameter != bIsParameter) return aIsParameter;
        return a.order < b.order;
    };
    const std::span<rt::InputEvent> read(core.input.data(), count);
    if (!std::is_sorted(read.begin(), read.end(), before)) std::sort(read.begin(), read.end(), before); // in place
    return read;
}

rt::HostTransport transportOf(const mm_core_block& block) noexcept {
    rt::HostTransport transport;
    transport.playing = (block.flags & MM_BLOCK_PLAYING) != 0;
    transport.hasProjectPpq = (block.flags & MM_BLOCK_HAS_PPQ) != 0;
    transport.hasTempo = true; // the tracker keeps the last tempo where this one is none
    transport.hasSignature = (block.flags & MM_BLOCK_HAS_SIGNATURE) != 0;
    transport.projectPpq = block.project_ppq;
    transport.tempoBpm = block.tempo_bpm;
    transport.projectSamples = block.project_samples;
    transport.signatureNumerator = block.signature_numerator;
    transport.signatureDenominator = block.signature_denominator;
    return transport;
}

} // namespace

extern "C" {

uint32_t mm_core_version(void) { return MM_CORE_VERSION; }

mm_core* mm_core_create(void) {
    // calloc: the rings' pages cost memory only once they are used.
    auto* shared = static_cast<mm_shared*>(std::calloc(1, sizeof(mm_shared)));
    if (shared == nullptr) return nullptr;
    shared->abi_version = MM_ABI_VERSION;
    shared->size_bytes = sizeof(mm_shared);
    auto* core = new (std::nothrow) mm_core(*shared);
    if (core == nullptr) {
        std::free(shared);
        return nullptr;
    }
    core->processor.reset(48000);
    return core;
}

void mm_core_destroy(mm_core* core) {
    if (core == nullptr) return;
    mm_shared* shared = &core->shared;
    delete core;
    std::free(shared);
}

mm_shared* mm_core_shared(mm_core* core) { return core != nullptr ? &core->shared : nullptr; }

mm_result mm_core_bind_role(mm_core* core, uint32_t param_id, uint32_t role) {
    if (core == nullptr || role > MM_ROLE_OUTPUT_CHANNEL) return MM_INVALID_ARGUMENT;
    return core->processor.roles().bind({param_id, role}) ? MM_OK : MM_ERROR;
}

void mm_core_post_roles(mm_core* core, int32_t bypass, int32_t thru, int32_t output_channel) {
    if (core == nullptr) return;
    midimuse::rt::RoleValues values; // no audio input and no preview behind these functions
    values.bypass = bypass != 0;
    values.thru = thru != 0;
    values.outputChannel = std::clamp(output_channel, 0, 16);
    core->processor.roles().post(values);
}

void mm_core_set_engine_loaded(mm_core* core, int32_t loaded) {
    if (core != nullptr) core->processor.setEngineLoaded(loaded != 0);
}

void mm_core_reset(mm_core* core, double sample_rate_hz) {
    if (core != nullptr) core->processor.reset(sample_rate_hz);
}

mm_result mm_core_process(mm_core* core, const mm_core_block* block, const mm_core_event* in, int32_t in_count, mm_core_event* out,
                          int32_t capacity, int32_t* written) {
    if (core == nullptr || block == nullptr || written == nullptr || block->num_samples < 0) return MM_INVALID_ARGUMENT;
    if (in_count < 0 || (in == nullptr && in_count > 0) || capacity < 0 || (out == nullptr && capacity > 0)) return MM_INVALID_ARGUMENT;
    const std::span<const mm_core_event> given(in, static_cast<std::size_t>(in_count));
    const std::span<const rt::InputEvent> events = readInput(*core, given, std::max(block->num_samples, 1) - 1);
    BufferSink sink(std::span<mm_core_event>(out, static_cast<std::size_t>(capacity)));
    core->processor.process(transportOf(*block), block->num_samples, (block->flags & MM_BLOCK_OFFLINE) != 0, events, sink);
    *written = sink.count();
    return MM_OK;
}

} // extern "C"
