"""Sounds that can be played in the page: in JupyterLab, in an exported page and in the book."""

import io
import wave
from base64 import b64encode
from collections.abc import Mapping
from html import escape

import numpy as np
from numpy.typing import NDArray


class Sounds:
    """Players for sounds, one below the other, each under its name; nothing is loaded.

    sounds: {name: samples (T,) in [-1, 1]}  rate: samples a second, one for all or {name: rate}
    """

    def __init__(self, sounds: Mapping[str, NDArray], rate: int | Mapping[str, int]):
        self.sounds = sounds
        self.rates = rate if isinstance(rate, Mapping) else dict.fromkeys(sounds, rate)

    def html(self) -> str:
        """A player for each sound, labeled for who can't see it."""
        return "\n".join(
            f'<div style="display: inline-block; margin: 0.3em 1em 0.3em 0">{escape(name)}<br>'
            f'<audio controls preload="metadata" aria-label="{escape(name)}" src="data:audio/wav;'
            f'base64,{b64encode(wav(samples, self.rates[name])).decode()}"></audio></div>'
            for name, samples in self.sounds.items()
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        lengths = (
            f"{name}, {len(samples) / self.rates[name]:.1f} s"
            for name, samples in self.sounds.items()
        )
        return {"text/html": self.html(), "text/plain": f"Sounds: {'; '.join(lengths)}."}


def wav(samples: NDArray, rate: int) -> bytes:
    """A WAV file of one channel and 16 bits; samples (T,) above 1 or below -1 are cut off."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.rint(np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return buffer.getvalue()
