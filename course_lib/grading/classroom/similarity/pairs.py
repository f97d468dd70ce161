"""Compare the answers of a class with each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from course_lib.grading.classroom.similarity.answers import Work
from course_lib.grading.classroom.similarity.tokens import Answer, Run

USUAL = 0.2  # the share of a class from which on a run says nothing any more
MANY = 3  # students that it must have at least, however small the class
ENOUGH = 8  # runs in common that are shown: about twenty tokens of code in a row
HALF = 0.5  # of what is own in the shorter of two answers


@dataclass(frozen=True)
class Alike:
    """An answer that two students have in common. share: of what is own in the shorter one."""

    question: str
    answers: tuple[Answer, Answer]
    runs: frozenset[Run]
    share: float


@dataclass(frozen=True)
class Pair:
    """Two students and their answers that are alike."""

    students: tuple[str, str]
    alike: tuple[Alike, ...]

    @property
    def size(self) -> int:
        """How much they have in common, to begin with the pair that has most."""
        return sum(len(one.runs) for one in self.alike)


def compare(class_work: Mapping[str, Work], known: set[Run]) -> list[Pair]:
    """Pairs with answers that are alike, those that have most in common first.

    What is in ``known``, and what many of the class wrote, doesn't count.
    """
    found: dict[tuple[str, str], list[Alike]] = defaultdict(list)
    for question in dict.fromkeys(name for work in class_work.values() for name in work):
        answers = {who: work[question] for who, work in class_work.items() if question in work}
        for students, alike in _of_question(question, answers, known):
            found[students].append(alike)
    pairs = [Pair(students, tuple(alike)) for students, alike in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.size, pair.students))


def _of_question(
    question: str, answers: Mapping[str, Answer], known: set[Run]
) -> list[tuple[tuple[str, str], Alike]]:
    counts = Counter(run for answer in answers.values() for run in answer.runs)
    most = max(MANY, USUAL * len(answers))
    own = {
        who: frozenset(run for run in answer.runs if run not in known and counts[run] <= most)
        for who, answer in answers.items()
    }
    having = defaultdict(list)
    for who in sorted(own):
        for run in own[who]:
            having[run].append(who)
    shared: dict[tuple[str, str], set[Run]] = defaultdict(set)
    for run, students in having.items():
        for one, other in combinations(students, 2):
            shared[one, other].add(run)
    found = []
    for (one, other), runs in shared.items():
        share = len(runs) / min(len(own[one]), len(own[other]))
        if len(runs) >= ENOUGH and share >= HALF:
            both = answers[one], answers[other]
            found.append(((one, other), Alike(question, both, frozenset(runs), share)))
    return found
