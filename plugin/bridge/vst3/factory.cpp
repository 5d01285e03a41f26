#include "factory.h"

#include "class_ids.h"
#include "component.h"
#include "controller.h"
#include "text.h"

#include <array>
#include <iterator>

namespace midimuse::vst3 {

namespace {

struct ClassEntry {
    Uid cid;
    const char* category;
    const char* name;
    const char* subCategories;
    tresult (*create)(const char* requested, void** object) noexcept;
};

constexpr std::array<ClassEntry, 2> kClasses{{
    {kComponentClass, kComponentCategory, kPluginName, kSubCategories, &Component::create},
    {kControllerClass, kControllerCategory, kControllerName, "", &Controller::create},
}};

const ClassEntry* classAt(std::int32_t index) noexcept {
    return index >= 0 && index < static_cast<std::int32_t>(kClasses.size()) ? &kClasses[static_cast<std::size_t>(index)] : nullptr;
}

class Factory final : public IPluginFactory3 {
public:
    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override {
        if (object == nullptr) return kInvalidArgument;
        const bool known = FUnknown::iid.matches(requested) || IPluginFactory::iid.matches(requested)
            || IPluginFactory2::iid.matches(requested) || IPluginFactory3::iid.matches(requested);
        *object = known ? static_cast<IPluginFactory3*>(this) : nullptr;
        return known ? kResultOk : kNoInterface;
    }

    std::uint32_t MM_STDCALL addRef() override { return 1; }
    std::uint32_t MM_STDCALL release() override { return 1; }

    tresult MM_STDCALL getFactoryInfo(PFactoryInfo* info) override {
        if (info == nullptr) return kInvalidArgument;
        *info = PFactoryInfo{};
        copyText(kVendor, info->vendor, sizeof info->vendor);
        info->flags = PFactoryInfo::kUnicode;
        return kResultOk;
    }

    std::int32_t MM_STDCALL countClasses() override { return static_cast<std::int32_t>(kClasses.size()); }

    tresult MM_STDCALL getClassInfo(std::int32_t index, PClassInfo* info) override {
        const ClassEntry* entry = classAt(index);
        if (entry == nullptr || info == nullptr) return kInvalidArgument;
        *info = PClassInfo{};
        entry->cid.copyTo(info->cid);
        info->cardinality = kManyInstances;
        copyText(entry->category, info->category, sizeof info->category);
        copyText(entry->name, info->name, sizeof info->name);
        return kResultOk;
    }

    tresult MM_STDCALL getClassInfo2(std::int32_t index, PClassInfo2* info) override {
        const ClassEntry* entry = classAt(index);
        if (entry == nullptr || info == nullptr) return kInvalidArgument;
        *info = PClassInfo2{};
        entry->cid.copyTo(info->cid);
        info->cardinality = kManyInstances;
        copyText(entry->category, info->category, sizeof info->category);
        copyText(entry->name, info->name, sizeof info->name);
        copyText(entry->subCategories, info->subCategories, sizeof info->subCategories);
        copyText(kVendor, info->vendor, sizeof info->vendor);
        copyText(MM_PLUGIN_VERSION, info->version, sizeof info->version);
        copyText(kSdkVersion, info->sdkVersion, sizeof info->sdkVersion);
        return kResultOk;
    }

    tresult MM_STDCALL getClassInfoUnicode(std::int32_t index, PClassInfoW* info) override {
        const ClassEntry* entry = classAt(index);
        if (entry == nullptr || info == nullptr) return kInvalidArgument;
        *info = PClassInfoW{};
        entry->cid.copyTo(info->cid);
        info->cardinality = kManyInstances;
        copyText(entry->category, info->category, sizeof info->category);
        toUtf16(entry->name, info->name, std::size(info->name));
        copyText(entry->subCategories, info->subCategories, sizeof info->subCategories);
        toUtf16(kVendor, info->vendor, std::size(info->vendor));
        toUtf16(MM_PLUGIN_VERSION, info->version, std::size(info->version));
        toUtf16(kSdkVersion, info->sdkVersion, std::size(info->sdkVersion));
        return kResultOk;
    }

    tresult MM_STDCALL createInstance(FIDString cid, FIDString requested, void** object) override {
        if (object == nullptr || cid == nullptr || requested == nullptr) return kInvalidArgument;
        *object = nullptr;
        for (const ClassEntry& entry : kClasses) {
            if (entry.cid.matches(cid)) return entry.create(requested, object);
        }
        return kNoInterface;
    }

    tresult MM_STDCALL setHostContext(FUnknown*) override { return kResultOk; } // each component gets it again
};

Factory theFactory;

} // namespace

IPluginFactory3& factory() noexcept { return theFactory; }

} // namespace midimuse::vst3
