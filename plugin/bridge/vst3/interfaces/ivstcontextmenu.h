// Facts from vst/ivstcontextmenu.h, VST SDK 3.8.1: IComponentHandler3, IContextMenu.
#pragma once

#include "iplugview.h"
#include "vsttypes.h"

namespace midimuse::vst3 {

using UCoord = std::int32_t;

class IContextMenuTarget;

struct ContextMenuItem {
    String128 name;
    std::int32_t tag;
    std::int32_t flags;
};

class IContextMenu : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x2E93C863, 0x0C9C4588, 0x97DBECF5, 0xAD17817D);

    virtual std::int32_t MM_STDCALL getItemCount() = 0;
    virtual tresult MM_STDCALL getItem(std::int32_t index, ContextMenuItem& item, IContextMenuTarget** target) = 0;
    virtual tresult MM_STDCALL addItem(const ContextMenuItem& item, IContextMenuTarget* target) = 0;
    virtual tresult MM_STDCALL removeItem(const ContextMenuItem& item, IContextMenuTarget* target) = 0;
    virtual tresult MM_STDCALL popup(UCoord x, UCoord y) = 0;

protected:
    ~IContextMenu() = default;
};

class IComponentHandler3 : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x69F11617, 0xD26B400D, 0xA4B6B964, 0x7B6EBBAB);

    virtual IContextMenu* MM_STDCALL createContextMenu(IPlugView* view, const ParamID* id) = 0;

protected:
    ~IComponentHandler3() = default;
};

} // namespace midimuse::vst3
