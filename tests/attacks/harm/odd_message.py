"""An error whose text is markup, escapes, half characters, a formula and other lines."""

# told: ValueError


def double(number):
    raise ValueError("=1+1\ud800[/][bold]\x1b[2J</details>|\n\r\0\u202e\n" * 30)
