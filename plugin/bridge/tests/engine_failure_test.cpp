// An engine that does not come up: the reason is readable, MIDI passes, the state's bytes survive. The fake library is
// told by its environment how to fail; each way is a process of its own, because loading happens once a process.
#include "check.h"
#include "fake_host.h"

using namespace midimuse::tests;

int main(int count, char** arguments) {
    if (count < 3) return 2;
    Bundle bundle(arguments[1]);
    if (bundle.factory == nullptr) {
        fail(__FILE__, __LINE__, bundle.error);
        return finish();
    }
    const std::string expected = arguments[2];
    ActivePlugin plugin(bundle);
    plugin.inputEvents.noteOn(5, 0, 60);
    CHECK_EQUAL(plugin.process(64), kResultOk);
    CHECK_EQUAL(plugin.outputEvents.size(), 1u);
    CHECK_EQUAL(plugin.outputParameters.last(kEngineParameter, -1), 1.0);

    const std::vector<std::uint8_t> bytes{9, 8, 7, 0, 255};
    MemoryStream in(bytes), out;
    CHECK_EQUAL(plugin.component->setState(&in), kResultOk);
    CHECK_EQUAL(plugin.component->getState(&out), kResultOk);
    CHECK(out.bytes == bytes);

    auto* controller = bundle.create<IEditController>(kControllerClass);
    controller->initialize(&plugin.host);
    auto* one = query<IConnectionPoint>(plugin.component);
    auto* other = query<IConnectionPoint>(controller);
    other->connect(one);
    one->connect(other);
    String128 text{};
    CHECK_EQUAL(controller->getParamStringByValue(kEngineParameter, 1.0, text), kResultOk);
    std::string said;
    for (const char16_t* c = text; *c != 0; ++c) said.push_back(*c < 128 ? static_cast<char>(*c) : '?');
    std::cout << said << "\n";
    CHECK(said.find(expected) != std::string::npos);
    one->disconnect(other);
    other->disconnect(one);
    one->release();
    other->release();
    controller->terminate();
    controller->release();
    return finish();
}
