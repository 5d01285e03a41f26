"""Muon: momentum whose matrices are orthogonalised before each step.

K. Jordan et al., Muon: an optimizer for hidden layers in neural networks (kellerjordan.github.io/posts/muon, 2024). The
Newton-Schulz iteration brings the singular values of the momentum near 1 without a decomposition. For hidden matrices
only; embeddings, logits and biases take AdamW.
"""

import torch


def orthogonalise(g, iterations, bf16=False):
    """g [n, rows, columns], rows <= columns. Quintic Newton-Schulz with the coefficients of the post.

    bf16: iterates in that precision, as the post does; singular values come near 1 only anyway.
    """
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g / (g.flatten(1).norm(dim=1)[:, None, None] + 1e-7)
    x = x.bfloat16() if bf16 else x
    for _ in range(iterations):
        s = x @ x.transpose(1, 2)
        x = a * x + (b * s + c * s @ s) @ x
    return x.to(g.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr=0.02, momentum=0.95, weight_decay=0.0, iterations=5, bf16=False):
        super().__init__(parameters, dict(lr=lr, momentum=momentum, weight_decay=weight_decay, iterations=iterations, bf16=bf16))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            by_shape = {}
            for p in group["params"]:
                if p.grad is None:
                    continue
                average = self.state[p].setdefault("momentum", torch.zeros_like(p))
                average.lerp_(p.grad, 1 - group["momentum"])
                update = p.grad.lerp(average, group["momentum"])  # Nesterov
                wide = update if p.shape[0] <= p.shape[1] else update.t()
                by_shape.setdefault(wide.shape, []).append((p, wide))
            for entries in by_shape.values():
                steps = orthogonalise(torch.stack([w for _, w in entries]), group["iterations"], group["bf16"])
                for (p, _), step in zip(entries, steps):
                    p.mul_(1 - group["lr"] * group["weight_decay"])
                    scale = max(1, p.shape[0] / p.shape[1]) ** 0.5
                    p.add_(step if p.shape[0] <= p.shape[1] else step.t(), alpha=-group["lr"] * scale)
