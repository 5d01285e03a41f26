#include "editor_host.h"

#include "text.h"

namespace midimuse::vst3 {

EditorHost::EditorHost(std::shared_ptr<ParameterTable> parameters, IComponentHandler* handler, const std::string& name)
    : parameters_(std::move(parameters)), handler_(handler), menus_(ComPtr<IComponentHandler3>::query(handler)), name_(name) {}

mm_editor_host EditorHost::table(MainThreadQueue& queue) noexcept {
    queue_ = &queue;
    mm_editor_host table{};
    table.size_bytes = sizeof table;
    table.has_menu = menus_ ? 1 : 0;
    table.context = this;
    table.begin_edit = [](void* context, std::uint32_t id) { from(context).queue_->post({EditorRequest::Kind::beginEdit, id, 0, 0, 0}); };
    table.perform_edit = [](void* context, std::uint32_t id, double value) {
        from(context).queue_->post({EditorRequest::Kind::performEdit, id, value, 0, 0});
    };
    table.end_edit = [](void* context, std::uint32_t id) { from(context).queue_->post({EditorRequest::Kind::endEdit, id, 0, 0, 0}); };
    table.show_menu = [](void* context, std::uint32_t id, std::int32_t x, std::int32_t y) {
        from(context).queue_->post({EditorRequest::Kind::showMenu, id, 0, x, y});
    };
    table.parameter = [](void* context, std::uint32_t id) { return from(context).parameters_->value(id); };
    copyText(name_.c_str(), table.name, sizeof table.name);
    return table;
}

// The controller's own value first: hosts ask for it while they are told.
void EditorHost::carryOut(const EditorRequest& request, IPlugView* view) {
    if (request.kind == EditorRequest::Kind::performEdit) parameters_->setValue(request.id, request.value);
    if (request.kind == EditorRequest::Kind::showMenu) showMenu(request, view);
    if (!handler_) return;
    switch (request.kind) {
        case EditorRequest::Kind::beginEdit: handler_->beginEdit(request.id); break;
        case EditorRequest::Kind::performEdit: handler_->performEdit(request.id, request.value); break;
        case EditorRequest::Kind::endEdit: handler_->endEdit(request.id); break;
        case EditorRequest::Kind::showMenu: break;
    }
}

void EditorHost::showMenu(const EditorRequest& request, IPlugView* view) {
    if (!menus_) return;
    const auto menu = ComPtr<IContextMenu>::adopt(menus_->createContextMenu(view, &request.id));
    if (menu) menu->popup(request.x, request.y);
}

} // namespace midimuse::vst3
