#include "shared_library.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace midimuse::managed {

std::string toUtf8(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return std::string(text.begin(), text.end());
}

#if defined(_WIN32)

std::filesystem::path ownDirectory() {
    HMODULE module = nullptr;
    const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (!GetModuleHandleExW(flags, reinterpret_cast<LPCWSTR>(&ownDirectory), &module)) return {};
    std::wstring file(32768, L'\0');
    const DWORD length = GetModuleFileNameW(module, file.data(), static_cast<DWORD>(file.size()));
    if (length == 0 || length >= file.size()) return {};
    file.resize(length);
    return std::filesystem::path(file).parent_path();
}

void* openForEver(const std::filesystem::path& file, std::string& reason) {
    // Dependencies are searched beside the library, not beside the host.
    HMODULE module = LoadLibraryExW(file.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (module == nullptr) {
        reason = toUtf8(file.filename()) + " cannot be loaded (Windows error " + std::to_string(GetLastError()) + ")";
        return nullptr;
    }
    HMODULE pinned = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN, file.c_str(), &pinned);
    return module;
}

void* findSymbol(void* library, const char* name) noexcept {
    return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(library), name));
}

#else

std::filesystem::path ownDirectory() {
    Dl_info info{};
    if (dladdr(reinterpret_cast<const void*>(&ownDirectory), &info) == 0 || info.dli_fname == nullptr) return {};
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(info.dli_fname, error);
    return error ? std::filesystem::path() : absolute.parent_path();
}

void* openForEver(const std::filesystem::path& file, std::string& reason) {
    void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library != nullptr) return library;
    const char* message = dlerror();
    reason = message != nullptr ? message : toUtf8(file.filename()) + " cannot be loaded";
    return nullptr;
}

void* findSymbol(void* library, const char* name) noexcept { return dlsym(library, name); }

#endif

} // namespace midimuse::managed
