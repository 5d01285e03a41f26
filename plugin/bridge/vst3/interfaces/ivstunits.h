// Facts from vst/ivstunits.h, VST SDK 3.8.1: IUnitInfo, IUnitHandler.
#pragma once

#include "ibstream.h"
#include "vsttypes.h"

namespace midimuse::vst3 {

inline constexpr UnitID kRootUnitId = 0;
inline constexpr UnitID kNoParentUnitId = -1;
inline constexpr ProgramListID kNoProgramListId = -1;

struct UnitInfo {
    UnitID id;
    UnitID parentUnitId;
    String128 name;
    ProgramListID programListId;
};

struct ProgramListInfo {
    ProgramListID id;
    String128 name;
    std::int32_t programCount;
};

class IUnitHandler : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x4B5147F8, 0x4654486B, 0x8DAB30BA, 0x163A3C56);

    virtual tresult MM_STDCALL notifyUnitSelection(UnitID unitId) = 0;
    virtual tresult MM_STDCALL notifyProgramListChange(ProgramListID listId, std::int32_t programIndex) = 0;

protected:
    ~IUnitHandler() = default;
};

class IUnitInfo : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x3D4BD6B5, 0x913A4FD2, 0xA886E768, 0xA5EB92C1);

    virtual std::int32_t MM_STDCALL getUnitCount() = 0;
    virtual tresult MM_STDCALL getUnitInfo(std::int32_t index, UnitInfo& info) = 0;
    virtual std::int32_t MM_STDCALL getProgramListCount() = 0;
    virtual tresult MM_STDCALL getProgramListInfo(std::int32_t index, ProgramListInfo& info) = 0;
    virtual tresult MM_STDCALL getProgramName(ProgramListID listId, std::int32_t programIndex, String128 name) = 0;
    virtual tresult MM_STDCALL getProgramInfo(ProgramListID listId, std::int32_t programIndex, CString attributeId, String128 value) = 0;
    virtual tresult MM_STDCALL hasProgramPitchNames(ProgramListID listId, std::int32_t programIndex) = 0;
    virtual tresult MM_STDCALL getProgramPitchName(ProgramListID listId, std::int32_t programIndex, std::int16_t pitch, String128 name) = 0;
    virtual UnitID MM_STDCALL getSelectedUnit() = 0;
    virtual tresult MM_STDCALL selectUnit(UnitID unitId) = 0;
    virtual tresult MM_STDCALL getUnitByBus(MediaType type, BusDirection direction, std::int32_t busIndex, std::int32_t channel, UnitID& unitId) = 0;
    virtual tresult MM_STDCALL setUnitProgramData(std::int32_t listOrUnitId, std::int32_t programIndex, IBStream* data) = 0;

protected:
    ~IUnitInfo() = default;
};

} // namespace midimuse::vst3
