"""One-change mutants of right submissions: hidden graders should tell every one of them."""
