"""Static files of npm packages: only those listed here leave ``node_modules``; nothing of others is committed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.core.files.storage import Storage

NODE_MODULES = Path(__file__).resolve().parent.parent.parent / "node_modules"
SERVED = {
    "vendor/bootstrap/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/bootstrap/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "vendor/bootstrap/bootstrap.bundle.min.js.map": "bootstrap/dist/js/bootstrap.bundle.min.js.map",
}


class PrefixedStorage(FileSystemStorage):
    """A folder whose files are served under ``prefix``, as staticfiles understands it."""

    def __init__(self, location: Path, prefix: str) -> None:
        super().__init__(location=location)
        self.prefix = prefix


class NodeModulesFinder(BaseFinder):
    """Finds the listed files where ``npm ci`` has put them."""

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        return [
            Error(f"缺少 node_modules/{source}：请运行 npm ci --ignore-scripts。", id="pages.E010")
            for source in SERVED.values()
            if not (NODE_MODULES / source).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        source = SERVED.get(path.replace("\\", "/"))
        found = str(NODE_MODULES / source) if source and (NODE_MODULES / source).is_file() else None
        if find_all:
            return [found] if found else []
        return found or []

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for served, source in SERVED.items():
            file = NODE_MODULES / source
            if file.is_file():
                yield file.name, PrefixedStorage(file.parent, served.rpartition("/")[0])
