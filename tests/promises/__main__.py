"""Print what each stub promises, and the checks of it: ``python -m tests.promises``."""

from threadlings import manifest

from . import read, sentences


def main() -> None:
    """Print a Markdown table for each lesson."""
    for lesson in manifest.read():
        said = read(lesson)
        print(f"\n## {lesson.folder}\n\n| The stub says | Checks |\n|---|---|")
        for sentence in sentences(lesson):
            names = said.checks.get(sentence)
            told = ", ".join(names) if names else f"*{said.no_promise.get(sentence, '?')}*"
            print(f"| {sentence} | {told} |")
        for sentence, names in said.page.items():
            print(f"| (page) {sentence} | {', '.join(names)} |")


if __name__ == "__main__":
    main()
