#include "plugin_instance.h"

#include <cstdlib>
#include <new>

namespace midimuse::vst3 {

void PluginInstance::FreeShared::operator()(mm_shared* shared) const noexcept { std::free(shared); }

PluginInstance::PluginInstance()
    // calloc: the rings' pages cost memory only once they are used.
    : shared_(static_cast<mm_shared*>(std::calloc(1, sizeof(mm_shared)))) {
    if (!shared_) throw std::bad_alloc();
    shared_->abi_version = MM_ABI_VERSION;
    shared_->size_bytes = sizeof(mm_shared);
    processor_ = std::make_unique<rt::BlockProcessor>(*shared_);
    processor_->reset(48000);
}

PluginInstance::~PluginInstance() {
    const mm_api* api = managed::Library::get().api();
    if (managed_ != nullptr && api != nullptr) api->destroy(managed_); // returns once no thread of it runs
}

void PluginInstance::start() {
    const managed::Library& library = managed::Library::get();
    const mm_api* api = library.api();
    if (api == nullptr) {
        startFailure_ = library.reason();
        return;
    }
    const mm_create_info info{sizeof(mm_create_info), MM_ABI_VERSION, library.directory().c_str(), shared_.get()};
    mm_instance* created = nullptr;
    if (api->create(&info, &created) != MM_OK || created == nullptr) {
        char text[512] = {};
        api->last_error(nullptr, text, sizeof text);
        startFailure_ = text[0] != 0 ? text : "the engine did not start";
        return;
    }
    managed_ = created;
    bindParameters(*api);
    postRoles();
    processor_->setEngineLoaded(true);
}

void PluginInstance::bindParameters(const mm_api& api) {
    const std::int32_t count = api.parameter_count();
    for (std::int32_t index = 0; index < count; ++index) {
        mm_param_info info{};
        if (api.parameter_info(index, &info) != MM_OK) continue;
        if (info.role != MM_ROLE_NONE && processor_->roles().bind({info.id, info.role})) roles_.push_back({info.id, info.role});
        const bool fed = info.status_slot >= 0 && info.status_slot < static_cast<std::int32_t>(MM_STATUS_CAPACITY);
        if ((info.flags & MM_PARAM_READ_ONLY) != 0 && fed) statusOutputs_.push_back({info.id, info.status_slot, info.default_value});
    }
}

// The audio thread's own view of bypass, thru and output channel after a start or a restored state.
void PluginInstance::postRoles() {
    const mm_api* api = managed::Library::get().api();
    if (managed_ == nullptr || api == nullptr) return;
    rt::RoleValues values;
    for (const rt::RoleBinding& binding : roles_) {
        double value = 0;
        if (api->get_parameter(managed_, binding.paramId, &value) != MM_OK) continue;
        if (binding.role == MM_ROLE_BYPASS) values.bypass = value >= 0.5;
        if (binding.role == MM_ROLE_THRU) values.thru = value >= 0.5;
        if (binding.role == MM_ROLE_AUDIO_MOTIF) values.audioMotif = value >= 0.5;
        if (binding.role == MM_ROLE_ARM) values.armed = value >= 0.5;
        if (binding.role == MM_ROLE_PREVIEW) values.preview.on = value >= 0.5;
        if (binding.role == MM_ROLE_PREVIEW_LEVEL) values.preview.level = static_cast<float>(value);
        if (binding.role == MM_ROLE_PREVIEW_SOUND) values.preview.sound = rt::Roles::previewSoundOf(value);
        if (binding.role == MM_ROLE_OUTPUT_CHANNEL) values.outputChannel = rt::Roles::outputChannelOf(value);
    }
    processor_->roles().post(values);
}

void PluginInstance::setActive(bool active, double sampleRateHz, std::int32_t maxBlockSamples) {
    if (active) processor_->reset(sampleRateHz);
    const mm_api* api = managed::Library::get().api();
    if (managed_ != nullptr && api != nullptr) api->set_active(managed_, active ? 1 : 0, sampleRateHz, maxBlockSamples);
}

bool PluginInstance::setState(std::vector<std::uint8_t> bytes) {
    const std::lock_guard lock(stateMutex_);
    const mm_api* api = managed::Library::get().api();
    const bool taken = managed_ != nullptr && api != nullptr
        && api->set_state(managed_, bytes.data(), static_cast<std::int64_t>(bytes.size())) == MM_OK;
    edited_.store(false, std::memory_order_relaxed);
    keepsState_ = !taken;
    if (taken) {
        keptState_.clear();
        postRoles();
    } else {
        keptState_ = std::move(bytes);
    }
    return true; // damaged bytes are kept, not an error: the project still saves what it loaded
}

bool PluginInstance::getState(std::vector<std::uint8_t>& bytes) {
    const std::lock_guard lock(stateMutex_);
    const bool refusedAndUntouched = keepsState_ && !edited_.load(std::memory_order_relaxed);
    if (!refusedAndUntouched && managedState(bytes)) return true;
    bytes = keptState_;
    return true;
}

bool PluginInstance::managedState(std::vector<std::uint8_t>& bytes) {
    const mm_api* api = managed::Library::get().api();
    if (managed_ == nullptr || api == nullptr) return false;
    std::int64_t needed = 0;
    bytes.resize(4096);
    constexpr int kAttempts = 8; // the state may grow between two calls while the engine works
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const mm_result result = api->get_state(managed_, bytes.data(), static_cast<std::int64_t>(bytes.size()), &needed);
        if (needed < 0) return false;
        if (result == MM_OK) {
            if (needed > static_cast<std::int64_t>(bytes.size())) return false;
            bytes.resize(static_cast<std::size_t>(needed));
            return true;
        }
        if (result != MM_BUFFER_TOO_SMALL) return false;
        bytes.resize(static_cast<std::size_t>(needed) + static_cast<std::size_t>(needed) / 8);
    }
    return false;
}

bool PluginInstance::command(const std::string& line, std::string& answer) {
    const mm_api* api = managed::Library::get().api();
    if (managed_ == nullptr || api == nullptr) return false;
    // One call: a command must not be run again because its answer was longer than expected.
    constexpr std::size_t kAnswerCapacity = 1 << 20;
    answer.resize(kAnswerCapacity);
    std::int64_t needed = 0;
    if (api->command(managed_, line.c_str(), answer.data(), static_cast<std::int64_t>(answer.size()), &needed) != MM_OK) return false;
    answer.resize(static_cast<std::size_t>(needed));
    return true;
}

std::string PluginInstance::reason() {
    const mm_api* api = managed::Library::get().api();
    if (managed_ == nullptr || api == nullptr) return startFailure_;
    char text[512] = {};
    if (api->last_error(managed_, text, sizeof text) != MM_OK) return {};
    text[sizeof text - 1] = 0;
    return text;
}

} // namespace midimuse::vst3
