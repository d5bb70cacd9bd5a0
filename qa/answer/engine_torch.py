"""The engine that is always there: runs the reader's network in torch."""

import torch

from qa.answer.engine import TORCH, Held, Ids, PairScores, States
from qa.answer.network import ReaderNetwork


class TorchEngine:
    """Runs the network in torch, in bfloat16 where the processor has fast bfloat16.

    Args:
        network: Ready to read, as `load_network` returns it; in bfloat16 afterwards where that is what it runs in.
        bfloat16: Instead of what the processor says (tests).
    """

    name = TORCH

    def __init__(self, network: ReaderNetwork, *, bfloat16: bool | None = None) -> None:
        self._network = network
        if _fast_bfloat16() if bfloat16 is None else bfloat16:
            network.compute_in_bfloat16()
        self._dtype = network.side.dtype

    def lower(self, ids: Ids) -> States:
        with torch.inference_mode():
            states: States = self._network.read_alone(torch.from_numpy(ids)).float().numpy()
        return states

    def upper(self, question: States, question_held: Held, passage: States, passage_held: Held) -> PairScores:
        states = [torch.from_numpy(array).to(self._dtype) for array in (question, passage)]
        held = [torch.from_numpy(array) for array in (question_held, passage_held)]
        with torch.inference_mode():
            said = self._network(states[0], held[0], states[1], held[1])
        return PairScores(said.relevance.numpy(), said.answerable.numpy(), said.start.numpy(), said.end.numpy())


def _fast_bfloat16() -> bool:
    abilities = torch.cpu.get_capabilities()
    return bool(abilities.get("avx512_bf16") or abilities.get("amx_bf16"))
