// Runs the managed side as IL on a private .NET runtime beside the bridge. [main]
#pragma once

#include "../include/midimuse_abi.h"

#include <filesystem>
#include <string>

namespace midimuse::managed {

/// True where a private runtime (`dotnet/`) and MidiMuse.Plugin.dll lie in the folder.
bool hasPrivateRuntime(const std::filesystem::path& directory);

/// The managed entry through hostfxr, or null and a reason. `directory` holds MidiMuse.Plugin.dll,
/// MidiMuse.Plugin.runtimeconfig.json and dotnet/host/fxr/VERSION/.
mm_get_api startPrivateRuntime(const std::filesystem::path& directory, std::string& reason);

} // namespace midimuse::managed
