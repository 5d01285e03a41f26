#include "motif_tap.h"

namespace midimuse::rt {

namespace {

mm_input_event noteEvent(std::uint8_t kind, double ppq, std::uint32_t epoch, std::uint8_t channel, std::uint8_t pitch, std::uint8_t velocity) noexcept {
    return mm_input_event{ppq, 0.0, epoch, 0, kind, channel, pitch, velocity, 0};
}

} // namespace

bool MotifTap::payDebts(double timelinePpq, std::uint32_t epoch) noexcept {
    for (std::uint32_t index = 0; owedTotal_ > 0 && index < keys_.size(); ++index) {
        Key& owing = keys_[index];
        while (owing.owed > 0) {
            const auto channel = static_cast<std::uint8_t>(index / 128u);
            const auto pitch = static_cast<std::uint8_t>(index % 128u);
            if (!ring_.push(noteEvent(MM_INPUT_NOTE_OFF, timelinePpq, epoch, channel, pitch, 0))) return false;
            --owing.owed;
            --owedTotal_;
        }
    }
    return true;
}

bool MotifTap::deliver(const mm_input_event& event) noexcept {
    if (owedTotal_ > 0 && !payDebts(event.timeline_ppq, event.epoch)) return false;
    return ring_.push(event);
}

void MotifTap::noteOn(double timelinePpq, std::uint32_t epoch, std::uint8_t channel, std::uint8_t pitch, std::uint8_t velocity) noexcept {
    count(shared_.counters.notes_in);
    Key& played = key(channel, pitch);
    if (deliver(noteEvent(MM_INPUT_NOTE_ON, timelinePpq, epoch, channel, pitch, velocity))) {
        if (played.delivered < UINT16_MAX) ++played.delivered;
        return;
    }
    if (played.dropped < UINT16_MAX) ++played.dropped;
    count(shared_.counters.input_drops);
}

void MotifTap::noteOff(double timelinePpq, std::uint32_t epoch, std::uint8_t channel, std::uint8_t pitch, std::uint8_t velocity) noexcept {
    Key& played = key(channel, pitch);
    if (played.dropped > 0) { // the newest note-on of this key never arrived, so neither does its end
        --played.dropped;
        return;
    }
    if (played.delivered > 0) --played.delivered;
    if (deliver(noteEvent(MM_INPUT_NOTE_OFF, timelinePpq, epoch, channel, pitch, velocity))) return;
    if (played.owed == UINT16_MAX) return;
    ++played.owed;
    ++owedTotal_;
}

void MotifTap::control(double timelinePpq, std::uint32_t epoch, std::uint8_t channel, std::uint8_t controller, double value) noexcept {
    if (!deliver(mm_input_event{timelinePpq, value, epoch, 0, MM_INPUT_CONTROL, channel, controller, 0, 0})) {
        count(shared_.counters.input_drops);
    }
}

void MotifTap::parameter(double timelinePpq, std::uint32_t epoch, std::uint32_t paramId, double value) noexcept {
    if (!deliver(mm_input_event{timelinePpq, value, epoch, paramId, MM_INPUT_PARAMETER, 0, 0, 0, 0})) {
        count(shared_.counters.input_drops);
    }
}

} // namespace midimuse::rt
