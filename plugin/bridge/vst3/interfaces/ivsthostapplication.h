// Facts from vst/ivsthostapplication.h, VST SDK 3.8.1: IHostApplication.
#pragma once

#include "vsttypes.h"

namespace midimuse::vst3 {

class IHostApplication : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x58E595CC, 0xDB2D4969, 0x8B6AAF8C, 0x36A664E5);

    virtual tresult MM_STDCALL getName(String128 name) = 0;
    virtual tresult MM_STDCALL createInstance(TUID cid, TUID requested, void** object) = 0;

protected:
    ~IHostApplication() = default;
};

} // namespace midimuse::vst3
