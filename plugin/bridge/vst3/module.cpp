// The binary's only exports. Names from public.sdk/source/main of VST SDK 3.8.1: Linux hosts require ModuleEntry and
// ModuleExit, macOS hosts bundleEntry and bundleExit; InitDll and ExitDll are optional on Windows.
#include "factory.h"

#if defined(_WIN32)
#define MM_EXPORT extern "C" __declspec(dllexport)
#else
#define MM_EXPORT extern "C" __attribute__((visibility("default")))
#endif

MM_EXPORT midimuse::vst3::IPluginFactory* MM_STDCALL GetPluginFactory();

MM_EXPORT midimuse::vst3::IPluginFactory* MM_STDCALL GetPluginFactory() { return &midimuse::vst3::factory(); }

#if defined(_WIN32)

MM_EXPORT bool InitDll();
MM_EXPORT bool ExitDll();
MM_EXPORT bool InitDll() { return true; }
MM_EXPORT bool ExitDll() { return true; }

#elif defined(__APPLE__)

MM_EXPORT bool bundleEntry(void* bundle);
MM_EXPORT bool bundleExit();
MM_EXPORT bool bundleEntry(void*) { return true; }
MM_EXPORT bool bundleExit() { return true; }

#else

MM_EXPORT bool ModuleEntry(void* library);
MM_EXPORT bool ModuleExit();
MM_EXPORT bool ModuleEntry(void*) { return true; }
MM_EXPORT bool ModuleExit() { return true; }

#endif

#if defined(MM_OWN_CXX_RUNTIME)

namespace __gnu_cxx {
void __freeres();
}

namespace {

// The C++ runtime inside this binary reserves 72 kB for exceptions when it is loaded and leaves them behind when it is
// unloaded; hosts that scan load and unload often. Only where the runtime is ours alone: another library's is in use.
__attribute__((destructor)) void releaseRuntimeReserve() { __gnu_cxx::__freeres(); }

} // namespace

#endif
