"""The GAN of MidiMuse: proposes a bar's latent from the last bar's.

Both networks work on the latents of a trained VAE (vae.py), which are continuous and have no holes, so that nothing
discrete stands between the critic and the generator. The generator sees the last bar, role, mode, meter, the bar's length
and noise (the conditioning of MidiNet, Yang, Chou and Yang, ISMIR 2017, which sees the previous bar and chord); the
critic sees the same and the next bar, real or proposed. The VAE's decoder turns proposals into notes.

Runs on torch 1.13 and later, CPU and CUDA.
"""

import torch
from torch import nn
from torch.nn import functional as F

from patterns import CONDITIONS

BAR_QUARTERS = 6  # 12/8, 6/4 and 3/2; longer bars are not proposed


class Residual(nn.Module):
    """x + MLP(x)"""

    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, width)
        self.down = nn.Linear(width, width)

    def forward(self, x):
        return x + self.down(F.relu(self.up(x)))


class Generator(nn.Module):
    def __init__(self, latent, noise=64, width=384, blocks=2):
        super().__init__()
        self.config = dict(latent=latent, noise=noise, width=width, blocks=blocks)
        self.input = nn.Linear(BAR_QUARTERS * latent + CONDITIONS + BAR_QUARTERS + noise, width)
        self.blocks = nn.ModuleList(Residual(width) for _ in range(blocks))
        self.output = nn.Linear(width, BAR_QUARTERS * latent)

    def forward(self, previous, conditions, coverage, noise):
        """previous f32 [n, 6 latent], conditions [n, 25], coverage [n, 6], noise [n, noise] to the next bar [n, 6 latent]."""
        x = self.input(torch.cat([previous, conditions, coverage, noise], 1))
        for block in self.blocks:
            x = block(x)
        active = (coverage > 0).float().repeat_interleave(self.config["latent"], 1)
        return self.output(F.relu(x)) * active


class Critic(nn.Module):
    """How real a next bar is, unbounded: the critic of a Wasserstein GAN."""

    def __init__(self, latent, width=384):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2 * BAR_QUARTERS * latent + CONDITIONS + BAR_QUARTERS, width), nn.LeakyReLU(0.2),
            nn.Linear(width, width), nn.LeakyReLU(0.2),
            nn.Linear(width, width), nn.LeakyReLU(0.2),
            nn.Linear(width, 1),
        )

    def forward(self, previous, next_, conditions, coverage):
        return self.layers(torch.cat([previous, next_, conditions, coverage], 1))[:, 0]


def gradient_penalty(critic, previous, real, proposed, conditions, coverage):
    """Mean of (|gradient| - 1)^2 on lines between real and proposed bars (Gulrajani et al., NeurIPS 2017)."""
    share = torch.rand(len(real), 1, device=real.device)
    between = (share * real + (1 - share) * proposed).requires_grad_(True)
    (gradient,) = torch.autograd.grad(critic(previous, between, conditions, coverage).sum(), between, create_graph=True)
    return ((gradient.norm(2, 1) - 1) ** 2).mean()
