"""A finding as lines of text: its message, and its steps side by side."""

from __future__ import annotations

from ..engine import Run
from ..language import Text, Translate, translator
from .finding import MAX_ROWS, Finding, Steps


def picture(run: Run, *, remark: str | Text = "", max_rows: int = MAX_ROWS) -> str:
    """Return the steps of a run as a table, in the language that was chosen.

    Args:
        run: A run of a search; one of a simulation has no steps.
        remark: A few words behind the last row, such as ``B's update is gone``.
        max_rows: With more steps than this, rows in the middle are left out; above 8.
    Returns:
        Lines of text, indented by two; empty if there are no steps to show.
    """
    return drawn(Steps.of(run, remark=remark, max_rows=max_rows), translator())


def as_lines(finding: Finding, translate: Translate) -> str:
    """Return a finding as text in one language; its timeline is left out."""
    table = drawn(finding.steps, translate)
    return "\n\n".join(filter(None, [finding.message(translate), table]))


def drawn(steps: Steps, translate: Translate) -> str:
    """Return a table of steps as lines of text, indented by two; empty if it has no rows."""
    if not steps:
        return ""
    from rich.cells import cell_len  # Cells load this module, and draw nothing.

    letters = steps.letters
    cells = [(row, row.told.in_words(translate)) for row in steps.rows]
    columns = max(cell_len(words) + 2 + cell_len(row.place) for row, words in cells) + 2
    lines = ["      " + "".join(letter.ljust(columns) for letter in letters).rstrip()]
    before = 0
    for row, words in cells:
        if row.number != before + 1:
            lines.append("   .  ...")
        indent = " " * (columns * letters.index(row.thread))
        place = row.place.rjust(columns - cell_len(words) - 4)
        lines.append(f"  {row.number:2}  {indent}{words}  {place}".rstrip())
        before = row.number
    if steps.remark:
        lines[-1] += f"  <- {steps.remark.in_words(translate)}"
    return "\n".join(lines)
