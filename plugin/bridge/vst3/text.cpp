#include "text.h"

#include <algorithm>
#include <cstring>

namespace midimuse::vst3 {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

char32_t decode(std::string_view text, std::size_t& index) noexcept {
    const auto lead = static_cast<unsigned char>(text[index++]);
    if (lead < 0x80) return lead;
    const int following = lead >= 0xF0 && lead < 0xF8 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC0 && lead < 0xE0 ? 1 : 0;
    if (following == 0) return kReplacement;
    auto code = static_cast<char32_t>(lead & (0x3F >> following));
    for (int i = 0; i < following; ++i) {
        if (index >= text.size()) return kReplacement;
        const auto next = static_cast<unsigned char>(text[index]);
        if ((next & 0xC0) != 0x80) return kReplacement;
        code = (code << 6) | (next & 0x3Fu);
        ++index;
    }
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    return code > 0x10FFFF || surrogate ? kReplacement : code;
}

void encode(char32_t code, std::string& text) {
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (code < 0x80) { put(code); return; }
    if (code < 0x800) { put(0xC0 | (code >> 6)); put(0x80 | (code & 0x3F)); return; }
    if (code < 0x10000) { put(0xE0 | (code >> 12)); put(0x80 | ((code >> 6) & 0x3F)); put(0x80 | (code & 0x3F)); return; }
    put(0xF0 | (code >> 18)); put(0x80 | ((code >> 12) & 0x3F)); put(0x80 | ((code >> 6) & 0x3F)); put(0x80 | (code & 0x3F));
}

} // namespace

void toUtf16(std::string_view utf8, char16_t* target, std::size_t capacity) noexcept {
    if (capacity == 0) return;
    std::size_t written = 0;
    for (std::size_t index = 0; index < utf8.size();) {
        const char32_t code = decode(utf8, index);
        const std::size_t units = code >= 0x10000 ? 2 : 1;
        if (written + units >= capacity) break;
        if (units == 1) {
            target[written++] = static_cast<char16_t>(code);
            continue;
        }
        target[written++] = static_cast<char16_t>(0xD800 + ((code - 0x10000) >> 10));
        target[written++] = static_cast<char16_t>(0xDC00 + ((code - 0x10000) & 0x3FF));
    }
    target[written] = 0;
}

std::string toUtf8(const char16_t* utf16, std::size_t capacity) {
    std::string text;
    if (utf16 == nullptr) return text;
    for (std::size_t i = 0; i < capacity && utf16[i] != 0; ++i) {
        char32_t code = utf16[i];
        const bool high = code >= 0xD800 && code < 0xDC00;
        const bool pair = high && i + 1 < capacity && utf16[i + 1] >= 0xDC00 && utf16[i + 1] < 0xE000;
        if (pair) code = 0x10000 + ((code - 0xD800) << 10) + (static_cast<char32_t>(utf16[++i]) - 0xDC00);
        else if (code >= 0xD800 && code < 0xE000) code = kReplacement;
        encode(code, text);
    }
    return text;
}

void copyText(std::string_view text, char* target, std::size_t capacity) noexcept {
    const std::size_t length = std::min(text.size(), capacity - 1);
    std::memcpy(target, text.data(), length);
    std::memset(target + length, 0, capacity - length);
}

} // namespace midimuse::vst3
