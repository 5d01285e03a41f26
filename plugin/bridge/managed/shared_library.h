// Opening libraries beside the bundle, on every platform. [main]
#pragma once

#include <filesystem>
#include <string>

namespace midimuse::managed {

/// Folder of the file that this code was loaded from (never the host's executable).
std::filesystem::path ownDirectory();

/// Opens a library for the life of the process: it is never closed, because runtimes leave threads behind.
/// Null and a reason where it cannot be opened.
void* openForEver(const std::filesystem::path& file, std::string& reason);

void* findSymbol(void* library, const char* name) noexcept;

std::string toUtf8(const std::filesystem::path& path);

} // namespace midimuse::managed
