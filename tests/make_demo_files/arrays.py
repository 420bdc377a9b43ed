"""The numbers that the scene is traced with, and noise made of them."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float32]  # points, directions and normals are (n, 3)
Pair = tuple[float, float]
Triple = tuple[float, float, float]
SEED = 142


def numbers(given: ArrayLike) -> Numbers:
    return np.asarray(given, np.float32)


def dot(these: Numbers, those: Numbers) -> Numbers:
    return numbers(np.einsum("ij,ij->i", these, those))


@cache
def grain() -> Numbers:
    """A square of cloudy noise that tiles, from -1 to 1."""
    size = 1024
    rough = np.random.default_rng(SEED).standard_normal((size, size))
    steps = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :])
    cloudy = np.fft.irfft2(np.fft.rfft2(rough) / np.maximum(steps, 2 / size) ** 1.1)
    return numbers(np.clip(cloudy / cloudy.std() / 2.5, -1, 1))


def noise(across: Numbers, along: Numbers, scale: float) -> Numbers:
    """Noise whose tile is `scale` metres wide."""
    rows, columns = (along / scale * 1024).astype(int) % 1024, (across / scale * 1024).astype(int) % 1024
    return numbers(grain()[rows, columns])
