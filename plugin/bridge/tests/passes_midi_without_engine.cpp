// The built binary without a managed library: it loads, says why there is no engine, passes MIDI and keeps its state.
#include "check.h"
#include "fake_host.h"

using namespace midimuse::tests;

namespace {

void notesAndControllersPassAtTheirSample(ActivePlugin& plugin) {
    plugin.inputEvents.noteOn(17, 3, 60, 0.5f);
    plugin.inputEvents.noteOff(100, 3, 60);
    plugin.inputParameters.set(midiParameter(2, 74), 40, 1.0);
    plugin.inputParameters.set(midiParameter(2, 74), 41, 0.5);
    plugin.inputParameters.set(midiParameter(0, kPitchBend), 42, 0.5);
    plugin.left[5] = 1.0f;
    CHECK_EQUAL(plugin.process(256), kResultOk);
    CHECK_EQUAL(plugin.left[5], 0.0f);
    CHECK_EQUAL(plugin.silenceFlags, 3u);

    CHECK_EQUAL(plugin.outputEvents.size(), 5u);
    if (plugin.outputEvents.size() != 5) return;
    const Event& on = plugin.outputEvents[0];
    CHECK_EQUAL(on.type, Event::kNoteOnEvent);
    CHECK_EQUAL(on.sampleOffset, 17);
    CHECK_EQUAL(on.noteOn.channel, 3);
    CHECK_EQUAL(on.noteOn.pitch, 60);
    CHECK_EQUAL(on.noteOn.velocity, 0.5f);
    CHECK_EQUAL(on.noteOn.noteId, -1);
    CHECK_EQUAL(plugin.outputEvents[1].type, Event::kLegacyMIDICCOutEvent);
    CHECK_EQUAL(plugin.outputEvents[1].sampleOffset, 40);
    CHECK_EQUAL(plugin.outputEvents[1].midiCCOut.controlNumber, 74);
    CHECK_EQUAL(plugin.outputEvents[1].midiCCOut.channel, 2);
    CHECK_EQUAL(plugin.outputEvents[1].midiCCOut.value, 127);
    CHECK_EQUAL(plugin.outputEvents[2].midiCCOut.value, 64);
    CHECK_EQUAL(plugin.outputEvents[3].midiCCOut.controlNumber, 129);
    CHECK_EQUAL(plugin.outputEvents[3].midiCCOut.value, 0);   // 8192 = 64 * 128 + 0, the centre
    CHECK_EQUAL(plugin.outputEvents[3].midiCCOut.value2, 64);
    CHECK_EQUAL(plugin.outputEvents[4].type, Event::kNoteOffEvent);
    CHECK_EQUAL(plugin.outputEvents[4].sampleOffset, 100);
}

void stateReturnsUntouched(ActivePlugin& plugin) {
    std::vector<std::uint8_t> bytes(100'000);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 31);
    for (const std::int64_t chunk : {std::int64_t{1}, std::int64_t{777}, std::int64_t{INT32_MAX}}) {
        MemoryStream in(bytes), out;
        in.chunk = out.chunk = chunk;
        in.falseAtEnd = chunk == 777;
        CHECK_EQUAL(plugin.component->setState(&in), kResultOk);
        CHECK_EQUAL(plugin.component->getState(&out), kResultOk);
        CHECK(out.bytes == bytes);
    }
    MemoryStream failing;
    failing.failing = true;
    CHECK(plugin.component->setState(&failing) != kResultOk);
    MemoryStream still;
    CHECK_EQUAL(plugin.component->getState(&still), kResultOk);
    CHECK(still.bytes == bytes);
}

void controllerSaysWhy(Bundle& bundle, ActivePlugin& plugin) {
    auto* controller = bundle.create<IEditController>(kControllerClass);
    CHECK(controller != nullptr);
    if (controller == nullptr) return;
    CHECK_EQUAL(controller->initialize(&plugin.host), kResultOk);
    auto* one = query<IConnectionPoint>(plugin.component);
    auto* other = query<IConnectionPoint>(controller);
    CHECK_EQUAL(other->connect(one), kResultOk);
    CHECK_EQUAL(one->connect(other), kResultOk);
    CHECK_EQUAL(controller->getParamNormalized(kEngineParameter), 1.0);
    String128 text{};
    CHECK_EQUAL(controller->getParamStringByValue(kEngineParameter, 1.0, text), kResultOk);
    const std::u16string reason(text);
    CHECK(reason.find(u"MidiMuse.Plugin") != std::u16string::npos);
    CHECK(controller->createView("editor") == nullptr);
    one->disconnect(other);
    other->disconnect(one);
    one->release();
    other->release();
    controller->terminate();
    controller->release();
}

} // namespace

int main(int, char** arguments) {
    Bundle bundle(arguments[1]);
    if (bundle.factory == nullptr) fail(__FILE__, __LINE__, bundle.error);
    {
        ActivePlugin plugin(bundle);
        CHECK(plugin.component != nullptr);
        if (plugin.component != nullptr) {
            notesAndControllersPassAtTheirSample(plugin);
            stateReturnsUntouched(plugin);
            controllerSaysWhy(bundle, plugin);
        }
    }
    return finish();
}
