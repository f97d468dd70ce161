"""The map of the course: every lecture of the syllabus, and which of them are there."""

import json
from pathlib import Path

LECTURES = (
    ("00", "Start here", "how the course works, is this computer ready", ""),
    ("01", "Learning from data", "splits, bias, metrics", "01_data"),
    ("02", "The perceptron", "weighted sums that decide and learn", "02_perceptron"),
    ("03", "Neurons and networks", "activations, layers, the forward pass", "03_networks"),
    ("04", "Loss functions", "how wrong is an answer, in one number", "04_losses"),
    ("05", "Gradient descent and backpropagation", "how a net learns", "05_backpropagation"),
    ("06", "Softmax on MNIST", "handwritten digits, 92 % right", "06_softmax_mnist"),
    ("07", "Optimizers", "momentum, Adam, schedules", "07_optimizers"),
    ("08", "Deep networks", "five layers, initialisation, batch norm", "08_deep_networks"),
    ("09", "Regularisation", "dropout, weight decay, augmentation", "09_regularisation"),
    ("10", "Convolution and pooling", "filters that are learnt", "10_convolution"),
    ("11", "A convolutional network on MNIST", "digits, 99 % right", "11_cnn"),
    ("12", "PyTorch and the GPU", "the same networks, faster", "12_pytorch"),
)


def course_map(root="."):
    """A Markdown table of the course whose folder is ``root``.

    Links what is there; the rest is marked as not written yet. Raises ``ValueError`` if ``root``
    has no folder lectures.
    """
    root = Path(root)
    if not (root / "lectures").is_dir():
        raise ValueError(f"course_map: root is {str(root)!r}, wanted the course's folder")
    lines = ["| lecture | about | assignment | points |", "|---|---|---|---|"]
    for number, title, about, assignment in LECTURES:
        lecture = _linked(root, f"lectures/{number}_*.ipynb", f"{number} {title}")
        exercise, points = "", ""
        if assignment:
            pattern = f"exercises/{assignment}/{assignment}.ipynb"
            exercise = _linked(root, pattern, assignment)
            points = "".join(f"{_points(file):g}" for file in root.glob(pattern))
        lines.append(f"| {lecture} | {about} | {exercise} | {points} |")
    return "\n".join(lines)


def _linked(root, pattern, text):
    """The text as a link, from a notebook in lectures/, to the one file that fits the pattern."""
    found = sorted(root.glob(pattern))
    if not found:
        return f"{text} *(not written yet)*"
    return f"[{text}](../{found[0].relative_to(root).as_posix()})"


def _points(file):
    """Points that can be earned in a released assignment."""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return sum(mark.get("points", 0) for mark in marks if mark.get("grade"))
