#include "stream.h"

#include <algorithm>
#include <array>

namespace midimuse::vst3 {

bool readAll(IBStream& stream, std::vector<std::uint8_t>& bytes) {
    bytes.clear();
    std::array<std::uint8_t, 16384> chunk;
    for (;;) {
        std::int32_t received = 0;
        const tresult result = stream.read(chunk.data(), static_cast<std::int32_t>(chunk.size()), &received);
        if (received < 0 || received > static_cast<std::int32_t>(chunk.size())) return false;
        bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + received);
        if (bytes.size() > kLargestState) return false;
        // Hosts differ in the result at the end of a stream; a count of zero is what they share.
        if (received == 0) return result == kResultOk || result == kResultFalse;
    }
}

bool writeAll(IBStream& stream, std::span<const std::uint8_t> bytes) {
    // IBStream::write takes a non-const buffer and only reads it.
    auto* position = const_cast<std::uint8_t*>(bytes.data());
    std::size_t left = bytes.size();
    while (left > 0) {
        const auto request = static_cast<std::int32_t>(std::min<std::size_t>(left, 1 << 20));
        std::int32_t written = 0;
        const tresult result = stream.write(position, request, &written);
        if (result != kResultOk || written <= 0 || written > request) return false;
        position += written;
        left -= static_cast<std::size_t>(written);
    }
    return true;
}

} // namespace midimuse::vst3
