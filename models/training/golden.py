"""Golden answers of a network of note events to a small fixed sequence: MidiMuse.Models.Onnx.EventGolden reads them."""

import torch

from note_events import CHORD, INPUTS, PHASE, POSITION, TARGETS

STEPS = 12


@torch.no_grad()
def answers(network, backbone):
    """backbone: int64 [1, steps, 18] to context [1, steps, width], with nothing before it."""
    generator = torch.Generator().manual_seed(1)

    def drawn(classes):
        return torch.randint(0, classes, (1, STEPS), generator=generator)

    events = torch.stack([drawn(classes) for classes in INPUTS], dim=-1)  # [1, steps, 18]
    time, pitch, duration = (drawn(TARGETS[i]) for i in range(3))
    position, phase, chord = (drawn(INPUTS[i]) for i in (POSITION, PHASE, CHORD))
    context = backbone(events)
    pitch_logits, x = network.pitch_head(context, time, position, phase, chord)
    duration_logits, x = network.duration_head(x, pitch)
    return dict(
        steps=STEPS,
        events=events, time_shift=time, position=position, bar_phase=phase, chord=chord, pitch=pitch, duration=duration,
        time_logits=network.time(context), pitch_logits=pitch_logits,
        duration_logits=duration_logits, velocity_logits=network.velocity_head(x, duration),
    )
