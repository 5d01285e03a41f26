// Finds and loads the managed library, once per process. [main]
#pragma once

#include "../include/midimuse_abi.h"

#include <string>

namespace midimuse::managed {

/// The NativeAOT library beside the bridge; where it is missing, or MIDIMUSE_MANAGED=hostfxr asks for it, the same code as
/// IL on the private runtime. A failure is kept as a readable reason; the plugin then only passes MIDI through.
class Library {
public:
    static const Library& get();

    /// Null where loading failed.
    const mm_api* api() const noexcept { return loaded_ ? &api_ : nullptr; }
    const std::string& reason() const noexcept { return reason_; }
    const std::string& directory() const noexcept { return directory_; }

private:
    Library();
    void load();
    bool accept(mm_get_api getApi);

    mm_api api_{};
    bool loaded_ = false;
    std::string reason_;
    std::string directory_;
};

} // namespace midimuse::managed
