"""Cameras: the rays they look along, and how they develop the light that comes back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.make_demo_files.arrays import SEED, Numbers, Triple, numbers
from tests.make_demo_files.light import LANE, lights
from tests.make_demo_files.scene import Scene
from tests.make_demo_files.yard import Moment


@dataclass(frozen=True)
class Camera:
    at: Triple
    target: Triple
    spread: float  # of its view, in degrees from left to right
    wide: int
    high: int
    exposure: float
    grain: float
    damp: float = 1  # how hazy the air is
    focus: float = 0  # beyond it, metres, all is out of focus; at 0 nothing is

    def rays(self, wide: int, high: int) -> tuple[Numbers, Numbers]:
        ahead = np.subtract(self.target, self.at) / np.linalg.norm(np.subtract(self.target, self.at))
        right = np.cross([0, 1, 0], ahead)
        right /= np.linalg.norm(right)
        reach = np.tan(np.radians(self.spread) / 2)
        across = (np.arange(wide) + 0.5) / wide * 2 - 1
        down = (1 - (np.arange(high) + 0.5) / high * 2) * high / wide
        way = ahead + reach * (across[None, :, None] * right + down[:, None, None] * np.cross(ahead, right))
        way = numbers(way / np.linalg.norm(way, axis=2, keepdims=True))
        return np.broadcast_to(numbers(self.at), way.shape).copy(), way

    def develop(self, moment: Moment, number: int, finer: float) -> Image.Image:
        """The picture of a moment, traced `finer` times as fine as it gets; `number` tells its grain from others'."""
        wide, high = round(self.wide * finer), round(self.high * finer)
        start, way = self.rays(wide, high)
        light, far = Scene(moment).seen(start.reshape(-1, 3), way.reshape(-1, 3))
        light, far = light.reshape(way.shape), far.reshape(high, wide)
        light = light + self.damp * haze(moment, start, way, far)
        if self.focus:
            light = unfocused(light, np.clip(far / self.focus - 1, 0, 0.5) * 2, wide / 190)
        light = light + 0.10 * blurred(light, wide / 90) + 0.05 * blurred(light, wide / 22)
        toned = self._toned(light)
        shrunk = Image.fromarray(toned).resize((self.wide, self.high), Image.Resampling.LANCZOS)
        return self._grainy(shrunk, number)

    def _toned(self, light: Numbers) -> NDArray[np.uint8]:
        """Film's curve, darker towards the corners."""
        high, wide = light.shape[:2]
        across, down = np.linspace(-1, 1, wide)[None, :], np.linspace(-1, 1, high)[:, None]
        light = light * numbers(1 - 0.30 * (across**2 + down**2))[..., None] * self.exposure
        curved = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)
        return (np.clip(curved, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)

    def _grainy(self, picture: Image.Image, number: int) -> Image.Image:
        rough = np.random.default_rng([SEED, number]).standard_normal((self.high, self.wide, 1))
        shares = np.asarray(picture, np.float32)
        return Image.fromarray(np.clip(shares + rough * self.grain, 0, 255).astype(np.uint8))


def haze(moment: Moment, start: Numbers, way: Numbers, far: Numbers) -> Numbers:
    """Light that the damp air throws back from the lamps' cones, found on every fourth ray and spread."""
    (high, wide), start, way, far = far.shape, start[::4, ::4], way[::4, ::4], np.minimum(far[::4, ::4], 40)
    total = np.zeros_like(way)
    for part in np.linspace(0.02, 0.98, 40):
        point = start + way * (far * part)[..., None]
        for light in lights(moment):
            if light.inner > 0.5 and light not in LANE:
                total += light.reaching(point)[2] * (far / 40)[..., None]
    return blurred((total * 0.0045).repeat(4, 0).repeat(4, 1)[:high, :wide], 3)


def unfocused(light: Numbers, beyond: Numbers, radius: float) -> Numbers:
    """Blurs what is beyond, and only with what is."""
    share = beyond[..., None]
    soft = blurred(light * share, radius) / np.maximum(blurred(share, radius), 1e-3)
    return numbers(light * (1 - share) + soft * share)


def blurred(light: Numbers, radius: float) -> Numbers:
    size, edge = light.shape[:2], int(radius * 3)
    light = np.pad(np.minimum(light, 40), ((edge, edge), (edge, edge), (0, 0)), "edge")
    down, across = np.fft.fftfreq(light.shape[0])[:, None, None], np.fft.rfftfreq(light.shape[1])[None, :, None]
    soft = np.exp(-2 * (np.pi * radius) ** 2 * (down**2 + across**2))
    whole = np.fft.irfft2(np.fft.rfft2(light, axes=(0, 1)) * soft, light.shape[:2], axes=(0, 1))
    return numbers(whole[edge : edge + size[0], edge : edge + size[1]])
