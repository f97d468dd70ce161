"""How far a student's cells are matched with the cells of the release."""

from dataclasses import dataclass, field

from nbformat import NotebookNode

from course_lib.grading.submissions.released import Slot


@dataclass
class Matching:
    """How far the student's ``cells`` are matched with the ``slots``.

    at: {name of a slot: index of its cell}. dropped: indexes of cells that say nothing new.
    repairs: {what was mended: names of the cells}. others: sources of the release's cells without
    a name. names: what each cell says is its name. answers: cells that go into slots in place of
    those that are there, None to leave a slot out.
    """

    cells: list[NotebookNode]
    slots: list[Slot]
    others: set[str]
    names: list[str | None]
    at: dict[str, int] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    repairs: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, NotebookNode | None] = field(default_factory=dict)

    def report(self, what: str, *names: str) -> None:
        known = self.repairs.setdefault(what, [])
        known += [name for name in names if name not in known]

    def free(self) -> list[int]:
        """Indexes of the cells that can still go into a slot."""
        taken = self.dropped | set(self.at.values())
        known = {slot.name for slot in self.slots}
        return [i for i, name in enumerate(self.names) if i not in taken and name not in known]

    def answer(self, slot: Slot) -> NotebookNode | None:
        """The cell that goes into ``slot``; None if there is none."""
        if slot.name in self.answers:
            return self.answers[slot.name]
        return self.cells[self.at[slot.name]] if slot.name in self.at else None

    def missing(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.name not in self.at]
