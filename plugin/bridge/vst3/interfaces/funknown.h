// Facts from base/funknown.h, base/ftypes.h and base/fplatform.h, VST SDK 3.8.1: FUnknown, interface ids, results.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(_WIN32)
#define MM_STDCALL __stdcall
#define MM_COM_COMPATIBLE 1
#else
#define MM_STDCALL
#define MM_COM_COMPATIBLE 0
#endif

namespace midimuse::vst3 {

static_assert(sizeof(void*) == 8, "the struct layouts in this folder are those of 64-bit platforms");

using tresult = std::int32_t;
using TBool = std::uint8_t;
using TUID = char[16];
using FIDString = const char*;

// Windows hosts are COM hosts: results there are HRESULTs.
#if MM_COM_COMPATIBLE
inline constexpr tresult kNoInterface = static_cast<tresult>(0x80004002u);
inline constexpr tresult kResultOk = 0;
inline constexpr tresult kResultFalse = 1;
inline constexpr tresult kInvalidArgument = static_cast<tresult>(0x80070057u);
inline constexpr tresult kNotImplemented = static_cast<tresult>(0x80004001u);
inline constexpr tresult kInternalError = static_cast<tresult>(0x80004005u);
inline constexpr tresult kNotInitialized = static_cast<tresult>(0x8000FFFFu);
inline constexpr tresult kOutOfMemory = static_cast<tresult>(0x8007000Eu);
#else
inline constexpr tresult kNoInterface = -1;
inline constexpr tresult kResultOk = 0;
inline constexpr tresult kResultFalse = 1;
inline constexpr tresult kInvalidArgument = 2;
inline constexpr tresult kNotImplemented = 3;
inline constexpr tresult kInternalError = 4;
inline constexpr tresult kNotInitialized = 5;
inline constexpr tresult kOutOfMemory = 6;
#endif
inline constexpr tresult kResultTrue = kResultOk;

/// An interface or class id in the byte order of the platform's hosts.
struct Uid {
    unsigned char bytes[16];

    bool matches(const void* other) const noexcept { return other != nullptr && std::memcmp(bytes, other, 16) == 0; }
    void copyTo(void* target) const noexcept { std::memcpy(target, bytes, 16); }
    const char* data() const noexcept { return reinterpret_cast<const char*>(bytes); }
};

/// COM stores the first three fields of a GUID little-endian; everyone else stores the four words big-endian.
constexpr Uid makeUid(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) noexcept {
    constexpr auto byteOf = [](std::uint32_t word, int shift) { return static_cast<unsigned char>((word >> shift) & 0xFFu); };
#if MM_COM_COMPATIBLE
    return Uid{{byteOf(a, 0), byteOf(a, 8), byteOf(a, 16), byteOf(a, 24),
                byteOf(b, 16), byteOf(b, 24), byteOf(b, 0), byteOf(b, 8),
                byteOf(c, 24), byteOf(c, 16), byteOf(c, 8), byteOf(c, 0),
                byteOf(d, 24), byteOf(d, 16), byteOf(d, 8), byteOf(d, 0)}};
#else
    return Uid{{byteOf(a, 24), byteOf(a, 16), byteOf(a, 8), byteOf(a, 0),
                byteOf(b, 24), byteOf(b, 16), byteOf(b, 8), byteOf(b, 0),
                byteOf(c, 24), byteOf(c, 16), byteOf(c, 8), byteOf(c, 0),
                byteOf(d, 24), byteOf(d, 16), byteOf(d, 8), byteOf(d, 0)}};
#endif
}

class FUnknown {
public:
    static constexpr Uid iid = makeUid(0x00000000, 0x00000000, 0xC0000000, 0x00000046);

    virtual tresult MM_STDCALL queryInterface(const TUID requested, void** object) = 0;
    virtual std::uint32_t MM_STDCALL addRef() = 0;
    virtual std::uint32_t MM_STDCALL release() = 0;

protected:
    ~FUnknown() = default; // never deleted through an interface; a virtual destructor would change the vtable
};

} // namespace midimuse::vst3
