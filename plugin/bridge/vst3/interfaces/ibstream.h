// Facts from base/ibstream.h, VST SDK 3.8.1: IBStream.
#pragma once

#include "funknown.h"

namespace midimuse::vst3 {

class IBStream : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0xC3BF6EA2, 0x30994752, 0x9B6BF990, 0x1EE33E9B);

    enum SeekMode : std::int32_t { kIBSeekSet = 0, kIBSeekCur, kIBSeekEnd };

    virtual tresult MM_STDCALL read(void* buffer, std::int32_t numBytes, std::int32_t* numBytesRead) = 0;
    virtual tresult MM_STDCALL write(void* buffer, std::int32_t numBytes, std::int32_t* numBytesWritten) = 0;
    virtual tresult MM_STDCALL seek(std::int64_t position, std::int32_t mode, std::int64_t* result) = 0;
    virtual tresult MM_STDCALL tell(std::int64_t* position) = 0;

protected:
    ~IBStream() = default;
};

} // namespace midimuse::vst3
