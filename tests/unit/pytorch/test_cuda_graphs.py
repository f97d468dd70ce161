import pytest
import torch

from course_lib.pytorch.cuda_graphs import record, wait_for


def test_on_a_cpu_nothing_is_recorded():
    calls = []
    work = record(lambda: calls.append(1), torch.device("cpu"), warm_up=lambda: calls.append(2))
    work(), work()
    wait_for(torch.device("cpu"))
    assert calls == [1, 1]


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU")
def test_on_a_gpu_a_replay_works_on_the_same_tensors():
    device = torch.device("cuda")
    total, by = torch.zeros(3, device=device), torch.ones(3, device=device)
    work = record(lambda: total.add_(by), device)
    total.zero_(), by.fill_(2)
    work(), work()
    assert total.tolist() == [4, 4, 4]
