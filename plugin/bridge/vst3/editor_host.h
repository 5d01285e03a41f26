// The host as the editor meets it: values to read, edits and menus to ask for.
#pragma once

#include "com.h"
#include "interfaces/ivstcontextmenu.h"
#include "interfaces/ivsteditcontroller.h"
#include "main_thread_queue.h"
#include "parameter_table.h"

#include "../include/midimuse_abi.h"

#include <memory>
#include <string>

namespace midimuse::vst3 {

class EditorHost {
public:
    EditorHost(std::shared_ptr<ParameterTable> parameters, IComponentHandler* handler, const std::string& name);
    EditorHost(EditorHost&& other) noexcept = default;

    /// The function table for the managed side. `queue` outlives the editor.
    mm_editor_host table(MainThreadQueue& queue) noexcept;
    /// [main]
    void carryOut(const EditorRequest& request, IPlugView* view);

private:
    static EditorHost& from(void* context) noexcept { return *static_cast<EditorHost*>(context); }
    void showMenu(const EditorRequest& request, IPlugView* view);

    std::shared_ptr<ParameterTable> parameters_;
    ComPtr<IComponentHandler> handler_;
    ComPtr<IComponentHandler3> menus_;
    std::string name_;
    MainThreadQueue* queue_ = nullptr;
};

} // namespace midimuse::vst3
