"""Makes an environment that sees this one's packages, and prints where its programs are.

Of an editable installation here it sees nothing: that is in a file which only this one reads.
"""

import sys
import sysconfig
import venv
from importlib.util import find_spec
from pathlib import Path

folder = sys.argv[1]
venv.create(folder, with_pip=find_spec("pip") is None)
paths = {"base": folder, "platbase": folder}
here = sysconfig.get_path("purelib")
packages = Path(sysconfig.get_path("purelib", "venv", paths))
(packages / "here.pth").write_text(f"import sys; sys.path.insert(1, {here!r})\n")
print(sysconfig.get_path("scripts", "venv", paths))
