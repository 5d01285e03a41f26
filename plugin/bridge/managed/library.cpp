#include "library.h"

#include "hostfxr.h"
#include "shared_library.h"

#include <cstdlib>
#include <cstring>
#include <exception>

namespace midimuse::managed {

namespace {

#if defined(_WIN32)
constexpr const char* kLibraryName = "MidiMuse.Plugin.dll";
#elif defined(__APPLE__)
constexpr const char* kLibraryName = "MidiMuse.Plugin.dylib";
#else
constexpr const char* kLibraryName = "MidiMuse.Plugin.so";
#endif

bool hostFxrForced() {
    const char* choice = std::getenv("MIDIMUSE_MANAGED");
    return choice != nullptr && std::strcmp(choice, "hostfxr") == 0;
}

mm_get_api openNative(const std::filesystem::path& file, std::string& reason) {
    void* library = openForEver(file, reason);
    if (library == nullptr) return nullptr;
    void* entry = findSymbol(library, MM_ENTRY_POINT);
    if (entry == nullptr) reason = toUtf8(file.filename()) + " does not export " MM_ENTRY_POINT;
    return reinterpret_cast<mm_get_api>(entry);
}

bool complete(const mm_api& api) noexcept {
    return api.parameter_count && api.parameter_info && api.parameter_to_text && api.parameter_from_text && api.parameter_to_plain
        && api.parameter_from_plain && api.unit_count && api.unit_info && api.program_count && api.program_name && api.create && api.destroy
        && api.set_active && api.get_parameter && api.set_parameter && api.get_state && api.set_state && api.command && api.state_parameters
        && api.last_error && api.editor_size && api.editor_open && api.editor_close && api.editor_resize && api.editor_set_scale
        && api.editor_key;
}

} // namespace

const Library& Library::get() {
    static const Library library;
    return library;
}

Library::Library() {
    try {
        load();
    } catch (const std::exception& error) {
        loaded_ = false;
        reason_ = error.what();
    }
}

void Library::load() {
    const std::filesystem::path directory = ownDirectory();
    directory_ = toUtf8(directory);
    if (directory.empty()) {
        reason_ = "the plugin's own folder is unknown";
        return;
    }
    std::error_code error;
    const std::filesystem::path native = directory / kLibraryName;
    // On Windows the IL assembly and the NativeAOT library share a name: the private runtime beside it tells which one it is.
#if defined(_WIN32)
    const bool isNative = !hasPrivateRuntime(directory);
#else
    const bool isNative = true;
#endif
    mm_get_api getApi = nullptr;
    if (!hostFxrForced() && isNative && std::filesystem::exists(native, error)) getApi = openNative(native, reason_);
    else if (hasPrivateRuntime(directory)) getApi = startPrivateRuntime(directory, reason_);
    else if (hostFxrForced()) reason_ = "no private .NET runtime with MidiMuse.Plugin.dll in " + directory_;
    else reason_ = std::string(kLibraryName) + " is missing in " + directory_;
    if (getApi != nullptr) loaded_ = accept(getApi);
}

bool Library::accept(mm_get_api getApi) {
    api_.size_bytes = sizeof(mm_api);
    api_.abi_version = MM_ABI_VERSION;
    const mm_result result = getApi(MM_ABI_VERSION, &api_);
    if (result == MM_VERSION_MISMATCH || (result == MM_OK && api_.abi_version != MM_ABI_VERSION)) {
        reason_ = "the managed library speaks another version of the bridge's interface";
        return false;
    }
    if (result != MM_OK) {
        reason_ = "the managed library refused to start (" + std::to_string(result) + ")";
        return false;
    }
    if (api_.size_bytes < sizeof(mm_api) || !complete(api_)) {
        reason_ = "the managed library's function table is incomplete";
        return false;
    }
    return true;
}

} // namespace midimuse::managed
