"""A drawn sample written down, with the program that draws it again: for a machine that has nothing but Python."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from review import drawing_of_samples as drawing
from review.sample_checks import written_down

if TYPE_CHECKING:
    from review.models import Sample

READ_ME = """{title}：离线重抽

1. 需要 Python 3.8 以上，不需要网络和本系统。
2. 执行：python redraw.py sample.json {commitment}
   末尾是种子的承诺，应当从外部锚点文件（*.statements.log）或者抽取以前收到的公布件抄录，不用本包里的。
3. 全部相符时退出码为 0；有不符的逐条列出，退出码为 1。
4. 算法写在 redraw.py 的开头，可以照此另写程序核对。
"""
EPOCH = (1980, 1, 1, 0, 0, 0)


def files_of(sample: Sample) -> dict[str, bytes]:
    """Name → content; the same sample gives the same bytes."""
    told = written_down(sample, list(sample.members.order_by("position", "pk")))
    return {
        "sample.json": json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode(),
        "redraw.py": Path(drawing.__file__).read_bytes(),
        "说明.txt": READ_ME.format(title=sample, commitment=sample.commitment).encode(),
    }


def zipped(sample: Sample) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files_of(sample).items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return out.getvalue()
