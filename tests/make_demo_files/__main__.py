"""Draws the demo firm's files, a report, a picture and a film, into caseupdates/demo_files/.

Run it after changing what they show; the files are committed. It needs packages that neither the product nor its tests
do, best in an environment of their own:
    python3 -m venv /tmp/demo
    /tmp/demo/bin/pip install av==18.1.0 brotli==1.2.1 fonttools==4.68.0 numpy==2.4.6 pillow==13.0.0 reportlab==5.1.0
    /tmp/demo/bin/python -m tests.make_demo_files  # some minutes

Picture and film are one scene, traced by rays: a side gate at night, lengths in metres, x along the lane, y up, z into
the yard. Nobody and nothing in it is real. No file says a date: the demo's days count back from today.
"""

import sys
from pathlib import Path

try:
    from tests.make_demo_files.film import film, picture
    from tests.make_demo_files.report import report
except ModuleNotFoundError as missing:
    sys.exit(
        f"The demo's files are drawn with {missing.name}, which is not installed. The top of {__file__} says how to."
    )

FILES = Path(__file__).parents[2] / "caseupdates" / "demo_files"


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for name, made in (("Interim report.pdf", report), ("plate.jpg", picture), ("week-1.mp4", film)):
        (FILES / name).write_bytes(made())
        print(f"{name}: {(FILES / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
