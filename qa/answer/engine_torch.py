"""The engine that is always there: runs the reader's network in torch."""

from contextlib import AbstractContextManager

import torch

from qa.answer.engine import TORCH, Held, Ids, PairScores, States
from qa.answer.network import ReaderNetwork


class TorchEngine:
    """Runs the network in torch, in bfloat16 where the processor has fast bfloat16.

    Args:
        network: Ready to read, as `load_network` returns it.
        bfloat16: Instead of what the processor says (tests).
    """

    name = TORCH

    def __init__(self, network: ReaderNetwork, *, bfloat16: bool | None = None) -> None:
        self._network = network
        self._bfloat16 = _fast_bfloat16() if bfloat16 is None else bfloat16

    def lower(self, ids: Ids) -> States:
        with torch.inference_mode(), self._precision():
            states: States = self._network.read_alone(torch.from_numpy(ids)).float().numpy()
        return states

    def upper(self, question: States, question_held: Held, passage: States, passage_held: Held) -> PairScores:
        given = [torch.from_numpy(array) for array in (question, question_held, passage, passage_held)]
        with torch.inference_mode(), self._precision():
            said = self._network(*given)
        return PairScores(said.relevance.numpy(), said.answerable.numpy(), said.start.numpy(), said.end.numpy())

    def _precision(self) -> AbstractContextManager[object]:
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._bfloat16)


def _fast_bfloat16() -> bool:
    abilities = torch.cpu.get_capabilities()
    return bool(abilities.get("avx512_bf16") or abilities.get("amx_bf16"))
