#include "drag_and_drop.h"

#include "host_objects.h"
#include "pointer.h"

#include <ole2.h>
#include <shellapi.h>
#include <shlobj.h>

#include <thread>

namespace window_host {

namespace {

FORMATETC fileList() { return FORMATETC{CF_HDROP, nullptr, DVASPECT_CONTENT, -1, TYMED_HGLOBAL}; }

std::string toUtf8(const std::wstring& text) {
    std::string bytes(text.size() * 3 + 1, '\0');
    const int length = WideCharToMultiByte(CP_UTF8, 0, text.c_str(), static_cast<int>(text.size()), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr);
    bytes.resize(static_cast<std::size_t>(length));
    return bytes;
}

class Target final : public IDropTarget {
public:
    bool isSomethingOver = false;
    int takenFiles = 0;

    STDMETHODIMP QueryInterface(REFIID requested, void** object) override {
        const bool known = requested == IID_IUnknown || requested == IID_IDropTarget;
        *object = known ? static_cast<IDropTarget*>(this) : nullptr;
        return known ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return 1; } // lives as long as the process
    STDMETHODIMP_(ULONG) Release() override { return 1; }
    STDMETHODIMP DragEnter(IDataObject* data, DWORD, POINTL, DWORD* effect) override {
        FORMATETC format = fileList();
        isSomethingOver = data->QueryGetData(&format) == S_OK;
        *effect = isSomethingOver ? DROPEFFECT_COPY : DROPEFFECT_NONE;
        return S_OK;
    }
    STDMETHODIMP DragOver(DWORD, POINTL, DWORD* effect) override { return *effect = DROPEFFECT_COPY, S_OK; }
    STDMETHODIMP DragLeave() override { return isSomethingOver = false, S_OK; }
    STDMETHODIMP Drop(IDataObject* data, DWORD, POINTL, DWORD* effect) override {
        *effect = DROPEFFECT_NONE;
        isSomethingOver = false;
        FORMATETC format = fileList();
        STGMEDIUM medium{};
        if (data->GetData(&format, &medium) != S_OK) return S_OK;
        const auto files = static_cast<HDROP>(medium.hGlobal);
        const UINT count = DragQueryFileW(files, 0xFFFFFFFF, nullptr, 0);
        for (UINT index = 0; index < count; ++index) {
            std::wstring path(DragQueryFileW(files, index, nullptr, 0), L'\0');
            DragQueryFileW(files, index, path.data(), static_cast<UINT>(path.size()) + 1);
            say("dropped %s", toUtf8(path).c_str());
            ++takenFiles;
        }
        ReleaseStgMedium(&medium);
        *effect = DROPEFFECT_COPY;
        return S_OK;
    }
};

class Source final : public IDropSource {
public:
    STDMETHODIMP QueryInterface(REFIID requested, void** object) override {
        const bool known = requested == IID_IUnknown || requested == IID_IDropSource;
        *object = known ? static_cast<IDropSource*>(this) : nullptr;
        return known ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return 1; } // on the stack, until the drag is over
    STDMETHODIMP_(ULONG) Release() override { return 1; }
    STDMETHODIMP QueryContinueDrag(BOOL escape, DWORD keys) override {
        if (escape) return DRAGDROP_S_CANCEL;
        return (keys & MK_LBUTTON) == 0 ? DRAGDROP_S_DROP : S_OK;
    }
    STDMETHODIMP GiveFeedback(DWORD) override { return DRAGDROP_S_USEDEFAULTCURSORS; }
};

class File final : public IDataObject {
public:
    explicit File(std::wstring path) : path_(std::move(path)) {}

    STDMETHODIMP QueryInterface(REFIID requested, void** object) override {
        const bool known = requested == IID_IUnknown || requested == IID_IDataObject;
        *object = known ? static_cast<IDataObject*>(this) : nullptr;
        return known ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return 1; } // on the stack, until the drag is over
    STDMETHODIMP_(ULONG) Release() override { return 1; }
    STDMETHODIMP GetData(FORMATETC* format, STGMEDIUM* medium) override {
        if (QueryGetData(format) != S_OK) return DV_E_FORMATETC;
        const HGLOBAL memory = GlobalAlloc(GHND, sizeof(DROPFILES) + (path_.size() + 2) * sizeof(wchar_t));
        auto* header = static_cast<DROPFILES*>(GlobalLock(memory));
        header->pFiles = sizeof(DROPFILES);
        header->fWide = TRUE;
        std::memcpy(header + 1, path_.data(), path_.size() * sizeof(wchar_t));
        GlobalUnlock(memory);
        *medium = STGMEDIUM{};
        medium->tymed = TYMED_HGLOBAL;
        medium->hGlobal = memory;
        return S_OK;
    }
    STDMETHODIMP QueryGetData(FORMATETC* format) override { return format->cfFormat == CF_HDROP && (format->tymed & TYMED_HGLOBAL) != 0 ? S_OK : DV_E_FORMATETC; }
    STDMETHODIMP EnumFormatEtc(DWORD direction, IEnumFORMATETC** formats) override {
        const FORMATETC format = fileList();
        return direction == DATADIR_GET ? SHCreateStdEnumFmtEtc(1, &format, formats) : E_NOTIMPL;
    }
    STDMETHODIMP GetDataHere(FORMATETC*, STGMEDIUM*) override { return E_NOTIMPL; }
    STDMETHODIMP GetCanonicalFormatEtc(FORMATETC*, FORMATETC*) override { return E_NOTIMPL; }
    STDMETHODIMP SetData(FORMATETC*, STGMEDIUM*, BOOL) override { return E_NOTIMPL; }
    STDMETHODIMP DAdvise(FORMATETC*, DWORD, IAdviseSink*, DWORD*) override { return E_NOTIMPL; }
    STDMETHODIMP DUnadvise(DWORD) override { return E_NOTIMPL; }
    STDMETHODIMP EnumDAdvise(IEnumSTATDATA**) override { return E_NOTIMPL; }

private:
    std::wstring path_;
};

Target theTarget;

} // namespace

void takeFiles(HWND window) {
    if (RegisterDragDrop(window, &theTarget) != S_OK) say("the window cannot take files");
}

bool isSomethingOver() { return theTarget.isSomethingOver; }

int takenFiles() { return theTarget.takenFiles; }

bool carryFile(const std::wstring& path, int x, int y) {
    POINT from{};
    GetCursorPos(&from);
    pressButton(true);
    // DoDragDrop returns when it is over: the hand moves on a thread of its own.
    std::thread hand([=] {
        constexpr int kSteps = 12;
        for (int step = 1; step <= kSteps; ++step) {
            Sleep(40);
            movePointer(from.x + (x - from.x) * step / kSteps, from.y + (y - from.y) * step / kSteps);
        }
        Sleep(300);
        pressButton(false);
    });
    File file(path);
    Source source;
    DWORD effect = DROPEFFECT_NONE;
    const HRESULT result = DoDragDrop(&file, &source, DROPEFFECT_COPY, &effect);
    hand.join();
    return result == DRAGDROP_S_DROP && effect != DROPEFFECT_NONE;
}

} // namespace window_host
