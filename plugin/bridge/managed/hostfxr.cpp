// Declarations after the documented native hosting API (docs/design/features/native-hosting.md of dotnet/runtime):
// hostfxr.h and coreclr_delegates.h, .NET 10.
#include "hostfxr.h"

#include "shared_library.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <vector>

namespace midimuse::managed {

namespace {

#if defined(_WIN32)
#define MM_HOSTING_CALL __cdecl
#define MM_DELEGATE_CALL __stdcall
#define MM_HOST_TEXT(text) L##text
using HostChar = wchar_t;
constexpr const char* kHostFxrName = "hostfxr.dll";
#else
#define MM_HOSTING_CALL
#define MM_DELEGATE_CALL
#define MM_HOST_TEXT(text) text
using HostChar = char;
#if defined(__APPLE__)
constexpr const char* kHostFxrName = "libhostfxr.dylib";
#else
constexpr const char* kHostFxrName = "libhostfxr.so";
#endif
#endif

struct InitializeParameters {
    std::size_t size;
    const HostChar* hostPath;
    const HostChar* dotnetRoot;
};

constexpr int kLoadAssemblyAndGetFunctionPointer = 5; // hostfxr_delegate_type
const HostChar* const kUnmanagedCallersOnly = reinterpret_cast<const HostChar*>(static_cast<std::intptr_t>(-1));

using InitializeForRuntimeConfig = std::int32_t(MM_HOSTING_CALL*)(const HostChar* config, const InitializeParameters*, void** handle);
using GetRuntimeDelegate = std::int32_t(MM_HOSTING_CALL*)(void* handle, std::int32_t type, void** function);
using Close = std::int32_t(MM_HOSTING_CALL*)(void* handle);
using LoadAssemblyAndGetFunctionPointer = int(MM_DELEGATE_CALL*)(const HostChar* assembly, const HostChar* type, const HostChar* method,
                                                                 const HostChar* delegateType, void* reserved, void** function);

std::string failure(const char* step, std::int32_t code) {
    char text[96];
    std::snprintf(text, sizeof text, "the private .NET runtime failed: %s returned 0x%08x", step, static_cast<unsigned>(code));
    return text;
}

// "10.0.9" sorts before "10.0.10".
std::vector<int> versionOf(const std::filesystem::path& folder) {
    std::vector<int> numbers(1, 0);
    for (const char c : toUtf8(folder.filename())) {
        if (c == '.') numbers.push_back(0);
        else if (c >= '0' && c <= '9' && numbers.back() < 100000) numbers.back() = numbers.back() * 10 + (c - '0');
        else if (c < '0' || c > '9') break;
    }
    return numbers;
}

std::filesystem::path newestHostFxr(const std::filesystem::path& dotnet) {
    std::error_code error;
    std::filesystem::path newest;
    for (const auto& entry : std::filesystem::directory_iterator(dotnet / "host" / "fxr", error)) {
        if (!std::filesystem::exists(entry.path() / kHostFxrName, error)) continue;
        if (newest.empty() || versionOf(newest) < versionOf(entry.path())) newest = entry.path();
    }
    return newest.empty() ? newest : newest / kHostFxrName;
}

} // namespace

bool hasPrivateRuntime(const std::filesystem::path& directory) {
    std::error_code error;
    return std::filesystem::exists(directory / "dotnet", error) && std::filesystem::exists(directory / "MidiMuse.Plugin.dll", error);
}

mm_get_api startPrivateRuntime(const std::filesystem::path& directory, std::string& reason) {
    const std::filesystem::path dotnet = directory / "dotnet";
    const std::filesystem::path assembly = directory / "MidiMuse.Plugin.dll";
    const std::filesystem::path config = directory / "MidiMuse.Plugin.runtimeconfig.json";
    const std::filesystem::path hostFxr = newestHostFxr(dotnet);
    if (hostFxr.empty()) {
        reason = "no private .NET runtime in " + toUtf8(dotnet);
        return nullptr;
    }
    void* library = openForEver(hostFxr, reason);
    if (library == nullptr) return nullptr;

    const auto initialize = reinterpret_cast<InitializeForRuntimeConfig>(findSymbol(library, "hostfxr_initialize_for_runtime_config"));
    const auto getDelegate = reinterpret_cast<GetRuntimeDelegate>(findSymbol(library, "hostfxr_get_runtime_delegate"));
    const auto close = reinterpret_cast<Close>(findSymbol(library, "hostfxr_close"));
    if (initialize == nullptr || getDelegate == nullptr || close == nullptr) {
        reason = "hostfxr lacks its hosting functions";
        return nullptr;
    }

    // Positive codes mean that a runtime is already up in this process, which serves as well.
    const InitializeParameters parameters{sizeof(InitializeParameters), assembly.c_str(), dotnet.c_str()};
    void* context = nullptr;
    const std::int32_t initialized = initialize(config.c_str(), &parameters, &context);
    if (initialized < 0 || context == nullptr) {
        reason = failure("hostfxr_initialize_for_runtime_config", initialized);
        return nullptr;
    }
    void* function = nullptr;
    const std::int32_t delegated = getDelegate(context, kLoadAssemblyAndGetFunctionPointer, &function);
    close(context);
    if (delegated != 0 || function == nullptr) {
        reason = failure("hostfxr_get_runtime_delegate", delegated);
        return nullptr;
    }

    const auto load = reinterpret_cast<LoadAssemblyAndGetFunctionPointer>(function);
    void* entry = nullptr;
    const int loaded = load(assembly.c_str(), MM_HOST_TEXT("MidiMuse.Plugin.Abi.Entry, MidiMuse.Plugin"), MM_HOST_TEXT("GetApi"),
                            kUnmanagedCallersOnly, nullptr, &entry);
    if (loaded != 0 || entry == nullptr) {
        reason = failure("loading MidiMuse.Plugin.Abi.Entry.GetApi", loaded);
        return nullptr;
    }
    return reinterpret_cast<mm_get_api>(entry);
}

} // namespace midimuse::managed
