// Stands in for the managed library: the whole mm_api in C++, with a worker thread per instance that reads the transport
// and the input ring and answers with bars, as fast as it can. States are bytes that it gives back as they are; one that
// begins with "BAD" is refused.
#include "../include/midimuse_abi.h"
#include "../rt/shared_access.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using midimuse::rt::loadAcquire;
using midimuse::rt::storeRelease;

namespace {

constexpr mm_param_info parameter(std::uint32_t id, std::uint32_t flags, std::int32_t steps, std::uint32_t role, double rest, std::int32_t slot, std::int32_t unit) {
    return mm_param_info{id, flags, steps, role, rest, slot, unit, {}, {}, {}};
}

struct Described { mm_param_info info; const char* title; };
const Described kParameters[] = {
    {parameter(1, MM_PARAM_AUTOMATABLE | MM_PARAM_BYPASS, 1, MM_ROLE_BYPASS, 0, -1, 0), "Bypass"},
    {parameter(2, MM_PARAM_AUTOMATABLE, 1, MM_ROLE_THRU, 1, -1, 0), "Thru"},
    {parameter(3, MM_PARAM_AUTOMATABLE, 1, MM_ROLE_PANIC, 0, -1, 0), "Panic"},
    {parameter(4, MM_PARAM_AUTOMATABLE | MM_PARAM_LIST, 16, MM_ROLE_OUTPUT_CHANNEL, 0, -1, 0), "Output Channel"},
    {parameter(5, MM_PARAM_AUTOMATABLE | MM_PARAM_PROGRAM, 2, MM_ROLE_NONE, 0, -1, 0), "Program"},
    {parameter(6, MM_PARAM_AUTOMATABLE, 0, MM_ROLE_NONE, 0.25, -1, 1), "Temperature \xC3\xBC"},
    {parameter(7, MM_PARAM_READ_ONLY, 0, MM_ROLE_NONE, 0, 3, 1), "Fill"},
    {parameter(8, MM_PARAM_AUTOMATABLE, 1, MM_ROLE_AUDIO_MOTIF, 0, -1, 0), "Audio motif"},
    {parameter(9, MM_PARAM_AUTOMATABLE, 1, MM_ROLE_ARM, 0, -1, 0), "Arm"},
};

int envInt(const char* name, int otherwise) {
    const char* value = std::getenv(name);
    return value == nullptr ? otherwise : std::atoi(value);
}

class Worker {
public:
    explicit Worker(mm_shared* shared) : shared_(*shared), thread_([this] { run(); }) {}
    ~Worker() {
        stop_.store(true);
        thread_.join();
    }

private:
    bool readTransport(mm_transport& transport) {
        for (int attempt = 0; attempt < 100; ++attempt) {
            const std::uint32_t before = loadAcquire(shared_.transport_sequence);
            if (before & 1u) continue;
            transport = shared_.transport;
            std::atomic_thread_fence(std::memory_order_acquire);
            if (loadAcquire(shared_.transport_sequence) == before) return before != 0;
        }
        return false;
    }

    void drainInput() {
        std::uint32_t read = shared_.input_indices.read;
        const std::uint32_t write = loadAcquire(shared_.input_indices.write);
        for (; read != write; ++read) sum_ += shared_.input[read % MM_INPUT_RING_CAPACITY].data1;
        storeRelease(shared_.input_indices.read, read);
        storeRelease(shared_.anchor_indices.read, loadAcquire(shared_.anchor_indices.write));
        storeRelease(shared_.audio_indices.read, loadAcquire(shared_.audio_indices.write));
    }

    mm_command command(std::uint8_t kind, double onset, double end, const mm_transport& t) {
        mm_command c{};
        c.kind = kind;
        c.onset_ppq = onset;
        c.end_ppq = end;
        c.epoch = t.epoch;
        c.grid_generation = t.grid_generation;
        c.plan_id = ++plan_;
        return c;
    }

    void answer(const mm_transport& t) {
        constexpr std::uint32_t kNotes = 8;
        const std::uint32_t write = shared_.command_indices.write;
        if (write - loadAcquire(shared_.command_indices.read) > MM_COMMAND_RING_CAPACITY - kNotes - 2) return;
        // The scheduler forgets horizons of another epoch or grid; offline it would wait for one in vain.
        const bool goesOn = t.epoch == epoch_ && t.grid_generation == gridGeneration_;
        const double from = goesOn && horizon_ > t.block_end_ppq ? horizon_ : t.block_start_ppq;
        if (goesOn && horizon_ > t.block_end_ppq + 4) return;
        std::uint32_t slot = write;
        const auto put = [&](const mm_command& c) { shared_.command[slot++ % MM_COMMAND_RING_CAPACITY] = c; };
        const double to = (from > t.block_end_ppq ? from : t.block_end_ppq) + 1;
        mm_command bar = command(MM_COMMAND_BAR, from, to, t);
        bar.bar_notes = kNotes;
        bar.flags = plan_ % 3 == 0 ? static_cast<std::uint32_t>(MM_COMMAND_FALLBACK) : 0u;
        put(bar);
        for (std::uint32_t i = 0; i < kNotes; ++i) {
            mm_command note = command(MM_COMMAND_NOTE, from + (to - from) * i / kNotes, from + (to - from) * (i + 1.5) / kNotes, t);
            note.pitch = static_cast<std::uint8_t>(40 + (sum_ + i * 5 + plan_) % 40);
            note.channel = static_cast<std::uint8_t>(plan_ % 2);
            note.velocity = 90;
            put(note);
        }
        put(command(MM_COMMAND_HORIZON, to, 0, t));
        if (plan_ % 97 == 0) put(command(MM_COMMAND_CANCEL, 0, 0, t));
        storeRelease(shared_.command_indices.write, slot);
        horizon_ = to;
        epoch_ = t.epoch;
        gridGeneration_ = t.grid_generation;
    }

    void run() {
        storeRelease(shared_.engine_state, MM_ENGINE_ANSWERING);
        double fill = 0;
        while (!stop_.load(std::memory_order_relaxed)) {
            mm_transport transport;
            const bool known = readTransport(transport);
            drainInput();
            if (known && (transport.flags & MM_TRANSPORT_PLAYING) != 0) answer(transport);
            fill = fill >= 1 ? 0 : fill + 1.0 / 64;
            std::atomic_ref<double>(shared_.status[3]).store(fill, std::memory_order_relaxed);
            std::vector<char> garbage(1000); // the managed side allocates; the audio thread must not notice
            garbage[0] = 1;
            std::this_thread::sleep_for(std::chrono::microseconds(20));
        }
    }

    mm_shared& shared_;
    std::uint32_t sum_ = 0;
    std::uint32_t plan_ = 0;
    std::uint32_t epoch_ = 0;
    std::uint32_t gridGeneration_ = 0;
    double horizon_ = 0;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

} // namespace

struct mm_instance {
    explicit mm_instance(mm_shared* shared) : worker(shared) {
        for (const Described& described : kParameters) values.push_back(described.info.default_value);
    }
    std::mutex mutex;
    std::vector<std::uint8_t> state;
    std::vector<double> values;
    Worker worker;
};

namespace {

int indexOf(std::uint32_t id) {
    for (int i = 0; i < static_cast<int>(std::size(kParameters)); ++i) {
        if (kParameters[i].info.id == id) return i;
    }
    return -1;
}

std::int32_t parameterCount() { return static_cast<std::int32_t>(std::size(kParameters)); }
mm_result parameterInfo(std::int32_t index, mm_param_info* info) {
    if (index < 0 || index >= parameterCount()) return MM_FALSE;
    *info = kParameters[index].info;
    std::snprintf(info->title, sizeof info->title, "%s", kParameters[index].title);
    std::snprintf(info->units, sizeof info->units, "%s", "u");
    return MM_OK;
}
mm_result toText(std::uint32_t id, double value, char* text, std::int32_t capacity) {
    if (indexOf(id) < 0) return MM_INVALID_ARGUMENT;
    std::snprintf(text, static_cast<std::size_t>(capacity), "%.2f", value);
    return MM_OK;
}
mm_result fromText(std::uint32_t id, const char* text, double* value) {
    if (indexOf(id) < 0) return MM_INVALID_ARGUMENT;
    *value = std::atof(text);
    return MM_OK;
}
mm_result toPlain(std::uint32_t, double value, double* plain) { *plain = value * 10; return MM_OK; }
mm_result fromPlain(std::uint32_t, double plain, double* value) { *value = plain / 10; return MM_OK; }
std::int32_t unitCount() { return 2; }
mm_result unitInfo(std::int32_t index, mm_unit_info* info) {
    if (index < 0 || index > 1) return MM_FALSE;
    *info = mm_unit_info{index, index == 0 ? -1 : 0, {}};
    std::snprintf(info->name, sizeof info->name, "%s", index == 0 ? "Root" : "Music");
    return MM_OK;
}
std::int32_t programCount() { return 3; }
mm_result programName(std::int32_t index, char* text, std::int32_t capacity) {
    std::snprintf(text, static_cast<std::size_t>(capacity), "Program %d", index);
    return MM_OK;
}
mm_result create(const mm_create_info* info, mm_instance** instance) {
    if (envInt("FAKE_CREATE_FAILS", 0) != 0) return MM_ERROR;
    if (info->shared->size_bytes != sizeof(mm_shared) || info->shared->abi_version != MM_ABI_VERSION) return MM_VERSION_MISMATCH;
    *instance = new mm_instance(info->shared);
    return MM_OK;
}
mm_result destroy(mm_instance* instance) { delete instance; return MM_OK; }
mm_result setActive(mm_instance*, std::int32_t, double, std::int32_t) { return MM_OK; }
mm_result getParameter(mm_instance* instance, std::uint32_t id, double* value) {
    if (indexOf(id) < 0) return MM_INVALID_ARGUMENT;
    *value = instance->values[static_cast<std::size_t>(indexOf(id))];
    return MM_OK;
}
mm_result setParameter(mm_instance* instance, std::uint32_t id, double value) {
    if (indexOf(id) < 0) return MM_INVALID_ARGUMENT;
    instance->values[static_cast<std::size_t>(indexOf(id))] = value;
    return MM_OK;
}
mm_result getState(mm_instance* instance, std::uint8_t* bytes, std::int64_t capacity, std::int64_t* needed) {
    const std::lock_guard lock(instance->mutex);
    *needed = static_cast<std::int64_t>(instance->state.size());
    if (*needed > capacity) return MM_BUFFER_TOO_SMALL;
    if (!instance->state.empty()) std::memcpy(bytes, instance->state.data(), instance->state.size());
    return MM_OK;
}
mm_result setState(mm_instance* instance, const std::uint8_t* bytes, std::int64_t length) {
    if (length >= 3 && std::memcmp(bytes, "BAD", 3) == 0) return MM_ERROR;
    const std::lock_guard lock(instance->mutex);
    instance->state.assign(bytes, bytes + length);
    if (length == 1) instance->values[0] = bytes[0] != 0 ? 1.0 : 0.0; // one byte: bypass
    return MM_OK;
}
mm_result command(mm_instance*, const char*, char*, std::int64_t, std::int64_t*) { return MM_ERROR; }
mm_result stateParameters(const std::uint8_t* bytes, std::int64_t length, double* values, std::int32_t count) {
    if (length != 1 || count < 1) return MM_FALSE;
    for (std::int32_t index = 0; index < count; ++index) {
        mm_param_info info{};
        parameterInfo(index, &info);
        values[index] = info.default_value;
    }
    values[0] = bytes[0] != 0 ? 1.0 : 0.0; // bypass
    return MM_OK;
}
mm_result lastError(mm_instance*, char* text, std::int32_t capacity) {
    std::snprintf(text, static_cast<std::size_t>(capacity), "%s", envInt("FAKE_CREATE_FAILS", 0) != 0 ? "no models" : "");
    return MM_OK;
}

// An editor without a window: its thread asks for the host's menu, where there is one, then turns one knob and reads it
// back, like a player who cannot stop.
struct FakeEditor {
    explicit FakeEditor(const mm_editor_host& theHost) : host(theHost), thread([this] { run(); }) {}
    ~FakeEditor() {
        stop.store(true);
        thread.join();
    }

    void run() {
        if (host.has_menu != 0) host.show_menu(host.context, 6, 120, 45);
        host.begin_edit(host.context, 6);
        for (int turn = 0; !stop.load(); ++turn) {
            host.perform_edit(host.context, 6, (turn % 100) / 100.0);
            host.parameter(host.context, 6);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        host.end_edit(host.context, 6);
    }

    mm_editor_host host;
    std::atomic<bool> stop{false};
    std::thread thread;
};

mm_result editorSize(double scale, mm_editor_size* size) {
    *size = mm_editor_size{static_cast<std::int32_t>(600 * scale), static_cast<std::int32_t>(400 * scale), static_cast<std::int32_t>(300 * scale),
                           static_cast<std::int32_t>(200 * scale)};
    return MM_OK;
}
mm_result editorOpen(mm_instance* instance, const mm_editor_host* host, void* parent, std::int32_t, std::int32_t, double, mm_editor** editor) {
    if (instance == nullptr || parent == nullptr || envInt("FAKE_EDITOR_FAILS", 0) != 0) return MM_ERROR;
    *editor = reinterpret_cast<mm_editor*>(new FakeEditor(*host));
    return MM_OK;
}
mm_result editorClose(mm_editor* editor) {
    delete reinterpret_cast<FakeEditor*>(editor);
    return MM_OK;
}
mm_result editorResize(mm_editor*, std::int32_t, std::int32_t) { return MM_OK; }
mm_result editorSetScale(mm_editor*, double) { return MM_OK; }
mm_result editorKey(mm_editor*, std::uint32_t character, std::int32_t, std::int32_t) { return character == 'a' ? MM_OK : MM_FALSE; }

} // namespace

extern "C" __attribute__((visibility("default"))) mm_result midimuse_get_api(std::uint32_t version, mm_api* api);
extern "C" __attribute__((visibility("default"))) mm_result midimuse_get_api(std::uint32_t version, mm_api* api) {
    if (version != MM_ABI_VERSION || envInt("FAKE_VERSION_DIFFERS", 0) != 0) return MM_VERSION_MISMATCH;
    *api = mm_api{sizeof(mm_api), MM_ABI_VERSION, parameterCount, parameterInfo, toText, fromText, toPlain, fromPlain, unitCount, unitInfo,
                  programCount, programName, create, destroy, setActive, getParameter, setParameter, getState, setState, command,
                  stateParameters, lastError, editorSize, editorOpen, editorClose, editorResize, editorSetScale, editorKey};
    if (envInt("FAKE_TABLE_INCOMPLETE", 0) != 0) api->command = nullptr;
    return MM_OK;
}
