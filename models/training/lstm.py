"""The LSTM of MidiMuse: two layers over note events, between the embeddings and heads of event_network.py."""

import torch
from torch import nn

from event_network import EventNetwork, nats_of, valid_inputs
from note_events import labels_of


class LstmModel(EventNetwork):
    def __init__(self, hidden=384, embedding=256, context=256, layers=2):
        super().__init__(embedding, context)
        self.config = dict(hidden=hidden, embedding=embedding, context=context, layers=layers)
        self.lstm = nn.LSTM(embedding, hidden, layers)
        self.context = nn.Linear(hidden, context)
        with torch.no_grad():
            for name, parameter in self.lstm.named_parameters():
                if name.startswith("bias_hh"):
                    parameter.zero_()
                    parameter[hidden : 2 * hidden] = 1.0  # forget gate: remember by default

    def zero_state(self, batch, device):
        shape = (self.config["layers"], batch, self.config["hidden"])
        return torch.zeros(shape, device=device), torch.zeros(shape, device=device)

    def backbone(self, events, state):
        """events int64 [steps, batch, 18], valid classes, to the context [steps, batch, width] and the state afterwards."""
        y, state = self.lstm(self.embedded(events), state)  # [steps, batch, hidden]
        return self.context(y), state

    def forward(self, events, following, state):
        """Four logits [steps, batch, classes] of the events after these (see EventNetwork.heads), and the state afterwards."""
        context, state = self.backbone(events, state)
        return self.heads(context, following), state


def losses(model, rows, state):
    """Nats of each target of rows, int64 [steps + 1, batch, 18]: float [4, steps, batch], labels, state."""
    logits, state = model(*valid_inputs(rows[:-1], rows[1:]), state)
    labels = labels_of(rows[1:])
    return nats_of(logits, labels), labels, state
