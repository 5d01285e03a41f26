// UTF-8 of the managed side and UTF-16 of the host. [main]
#pragma once

#include "interfaces/vsttypes.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace midimuse::vst3 {

/// Writes at most `capacity` units with the terminator, never half a surrogate pair. Damaged UTF-8 becomes U+FFFD.
void toUtf16(std::string_view utf8, char16_t* target, std::size_t capacity) noexcept;

/// Reads up to the terminator or `capacity` units.
std::string toUtf8(const char16_t* utf16, std::size_t capacity);

/// Copies into a fixed field, cut to fit, always terminated, the rest zero.
void copyText(std::string_view text, char* target, std::size_t capacity) noexcept;

} // namespace midimuse::vst3
