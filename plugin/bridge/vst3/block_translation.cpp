#include "block_translation.h"

#include "class_ids.h"
#include "interfaces/ivsteditcontroller.h"

#include <algorithm>
#include <cmath>

namespace midimuse::vst3 {

rt::HostTransport readTransport(const ProcessContext* context) noexcept {
    rt::HostTransport transport;
    if (context == nullptr) return transport;
    const auto has = [&](std::uint32_t flag) { return (context->state & flag) != 0; };
    transport.playing = has(ProcessContext::kPlaying);
    transport.recording = has(ProcessContext::kRecording);
    transport.cycleActive = has(ProcessContext::kCycleActive) && has(ProcessContext::kCycleValid);
    transport.hasProjectPpq = has(ProcessContext::kProjectTimeMusicValid);
    transport.hasTempo = has(ProcessContext::kTempoValid);
    transport.hasSignature = has(ProcessContext::kTimeSigValid);
    transport.projectPpq = context->projectTimeMusic;
    transport.tempoBpm = context->tempo;
    transport.cycleStartPpq = context->cycleStartMusic;
    transport.cycleEndPpq = context->cycleEndMusic;
    transport.projectSamples = context->projectTimeSamples;
    transport.signatureNumerator = context->timeSigNumerator;
    transport.signatureDenominator = context->timeSigDenominator;
    return transport;
}

namespace {

double normalised(double value) noexcept { return value > 0 ? std::fmin(value, 1.0) : 0.0; } // what is not a number is 0

bool isKey(std::int32_t channel, std::int32_t pitch) noexcept {
    return channel >= 0 && channel < kMidiChannels && pitch >= 0 && pitch < 128;
}

bool before(const rt::InputEvent& a, const rt::InputEvent& b) noexcept {
    if (a.offsetSamples != b.offsetSamples) return a.offsetSamples < b.offsetSamples;
    return a.order < b.order; // queues are read first, so at one sample parameters and controllers precede notes
}

} // namespace

rt::AudioInput readAudioInput(const ProcessData& data) noexcept {
    rt::AudioInput input;
    if (data.numInputs < 1 || data.inputs == nullptr || data.inputs[0].channelBuffers32 == nullptr) return input;
    const AudioBusBuffers& bus = data.inputs[0];
    input.channelCount = bus.numChannels;
    input.silentChannels = bus.silenceFlags;
    if (data.symbolicSampleSize == kSample64) input.channels64 = bus.channelBuffers64;
    else input.channels32 = bus.channelBuffers32;
    return input;
}

void BlockInput::read(const ProcessData& data) noexcept {
    count_ = 0;
    dropped_ = 0;
    victims_ = kCapacity;
    hasParameters_ = false;
    lastOffset_ = std::max(data.numSamples, 1) - 1;
    if (data.inputParameterChanges != nullptr) readParameters(*data.inputParameterChanges);
    if (data.inputEvents != nullptr) readEvents(*data.inputEvents);
    const auto first = events_.begin();
    const auto last = first + static_cast<std::ptrdiff_t>(count_);
    if (!std::is_sorted(first, last, before)) std::sort(first, last, before); // in place; `order` keeps it stable
}

void BlockInput::add(rt::InputEvent event) noexcept {
    event.offsetSamples = std::clamp(event.offsetSamples, 0, lastOffset_);
    event.order = static_cast<std::uint32_t>(count_ + dropped_);
    const bool noteOff = event.kind == rt::InputKind::noteOff;
    if (count_ < (noteOff ? kCapacity : kCapacity - kReservedForNoteOffs)) {
        events_[count_++] = event;
        return;
    }
    ++dropped_;
    if (noteOff) replaceNewWork(event);
}

// A note-off takes the place of the latest event that is none.
void BlockInput::replaceNewWork(const rt::InputEvent& noteOff) noexcept {
    victims_ = std::min(victims_, count_);
    while (victims_ > 0 && events_[victims_ - 1].kind == rt::InputKind::noteOff) --victims_;
    if (victims_ > 0) events_[--victims_] = noteOff;
}

void BlockInput::readParameters(IParameterChanges& changes) noexcept {
    const std::int32_t queues = changes.getParameterCount();
    // Parameters before controllers: at one sample a switched thru or channel already holds for the controller.
    for (const bool midi : {false, true}) {
        for (std::int32_t q = 0; q < queues; ++q) {
            IParamValueQueue* queue = changes.getParameterData(q);
            if (queue == nullptr) continue;
            const ParamID id = queue->getParameterId();
            const bool isMidi = id >= kFirstMidiParameter && id < kEngineParameter;
            if (isMidi != midi) continue;
            const std::uint32_t midiIndex = id - kFirstMidiParameter;
            const auto channel = static_cast<std::uint8_t>(midi ? midiIndex / 256 : 0);
            const auto controller = static_cast<std::uint8_t>(midi ? midiIndex % 256 : 0);
            if (midi && (channel >= kMidiChannels || controller >= kCountCtrlNumber)) continue;
            const std::int32_t points = queue->getPointCount();
            for (std::int32_t p = 0; p < points; ++p) {
                std::int32_t offset = 0;
                ParamValue value = 0;
                if (queue->getPoint(p, offset, value) != kResultOk) continue;
                const auto kind = midi ? rt::InputKind::control : rt::InputKind::parameter;
                add({normalised(value), id, offset, 0, kind, channel, controller});
                hasParameters_ |= !midi;
            }
        }
    }
}

void BlockInput::readEvents(IEventList& list) noexcept {
    const std::int32_t events = list.getEventCount();
    for (std::int32_t i = 0; i < events; ++i) {
        Event event{};
        if (list.getEvent(i, event) == kResultOk && event.busIndex == 0) readEvent(event);
    }
}

void BlockInput::readEvent(const Event& event) noexcept {
    const auto note = [&](rt::InputKind kind, std::int16_t channel, std::int16_t pitch, double value) {
        if (!isKey(channel, pitch)) return;
        add({normalised(value), 0, event.sampleOffset, 0, kind, static_cast<std::uint8_t>(channel), static_cast<std::uint8_t>(pitch)});
    };
    switch (event.type) {
        case Event::kNoteOnEvent: {
            // Some hosts pass a MIDI note-on of velocity 0 on as it is; it means note-off.
            const auto kind = event.noteOn.velocity > 0 ? rt::InputKind::noteOn : rt::InputKind::noteOff;
            note(kind, event.noteOn.channel, event.noteOn.pitch, event.noteOn.velocity);
            break;
        }
        case Event::kNoteOffEvent: note(rt::InputKind::noteOff, event.noteOff.channel, event.noteOff.pitch, event.noteOff.velocity); break;
        case Event::kPolyPressureEvent:
            note(rt::InputKind::polyPressure, event.polyPressure.channel, event.polyPressure.pitch, event.polyPressure.pressure);
            break;
        case Event::kLegacyMIDICCOutEvent: { // an output event, which some hosts also route in
            const LegacyMIDICCOutEvent& control = event.midiCCOut;
            if (control.controlNumber >= kCountCtrlNumber || !isKey(control.channel, 0)) break;
            const double low = std::clamp<int>(control.value, 0, 127);
            const double high = std::clamp<int>(control.value2, 0, 127);
            const double value = control.controlNumber == kPitchBend ? (high * 128 + low) / 16383.0 : low / 127.0;
            add({value, 0, event.sampleOffset, 0, rt::InputKind::control, static_cast<std::uint8_t>(control.channel), control.controlNumber});
            break;
        }
        default: break; // note expression and system exclusive are not passed on
    }
}

bool HostEventSink::emit(const rt::OutputEvent& event) noexcept {
    if (list_ == nullptr) return false;
    Event out{};
    out.sampleOffset = event.offsetSamples;
    out.ppqPosition = event.projectPpq;
    const auto channel = static_cast<std::int16_t>(event.channel);
    const auto pitch = static_cast<std::int16_t>(event.data1);
    switch (event.kind) {
        case rt::OutputKind::noteOn:
            out.type = Event::kNoteOnEvent;
            out.noteOn = NoteOnEvent{channel, pitch, 0.0f, event.value, 0, -1};
            break;
        case rt::OutputKind::noteOff:
            out.type = Event::kNoteOffEvent;
            out.noteOff = NoteOffEvent{channel, pitch, event.value, -1, 0.0f};
            break;
        case rt::OutputKind::polyPressure:
            out.type = Event::kPolyPressureEvent;
            out.polyPressure = PolyPressureEvent{channel, pitch, event.value, -1};
            break;
        case rt::OutputKind::control: {
            out.type = Event::kLegacyMIDICCOutEvent;
            const bool bend = event.data1 == rt::kControlPitchBend;
            const auto level = static_cast<std::int32_t>(std::lround(event.value * (bend ? 16383.0f : 127.0f)));
            out.midiCCOut = LegacyMIDICCOutEvent{event.data1, static_cast<std::int8_t>(channel), static_cast<std::int8_t>(level & 0x7F),
                                                 static_cast<std::int8_t>(bend ? level >> 7 : 0)};
            break;
        }
    }
    return list_->addEvent(out) == kResultOk;
}

} // namespace midimuse::vst3
