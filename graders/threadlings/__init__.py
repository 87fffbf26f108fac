"""threadlings: exercises in concurrent Python, and graders that decide them."""
